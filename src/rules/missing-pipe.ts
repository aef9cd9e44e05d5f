// A search that begins with a generating command begins with a pipe.

import { syntaxOf } from '../syntax/tree.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const missingPipe = defineRule({
  code: 'missing-pipe',
  severity: 'error',
  summary: 'A search whose first word is a generating command has a pipe before it.',
  source: 'Search Manual: a search without a pipe begins with the search command, which is left out',
  docs: 'Without the pipe Splunk searches the raw events for the words "tstats", "count" and so on, and finds nothing.',
  examples: {
    pass: [
      { title: 'a pipe', files: {} },
      {
        title: 'a search for a word that is also a command',
        files: { [base.rba]: edit("search: '`sysmon`", "search: 'from=me `sysmon`") },
      },
    ],
    fail: [
      {
        title: 'tstats without pipe',
        files: { [base.oldest]: edit("search: '| tstats", "search: 'tstats") },
        found: [
          'detections/web/long_urls.yml:10:10: "tstats" at the beginning of a search needs a pipe before it',
        ],
      },
    ],
  },
  search({ analysis, at, text }, report) {
    const [first] = analysis.pipeline.commands;
    if (first?.implied !== true) return;
    const word = /^\s*([a-z]+)\s+(?=[\w`"*]|\[)/.exec(text)?.[1];
    if (word === undefined || !generating.has(word) || first[syntaxOf] === undefined) return;
    const start = text.indexOf(word);
    report(
      at({ start, end: start + word.length }),
      `"${word}" at the beginning of a search needs a pipe before it`,
      {
        help: `write | ${word}`,
      },
    );
  },
});

const generating: ReadonlySet<string> = new Set(
  'tstats mstats inputlookup inputcsv makeresults metadata metasearch datamodel from rest dbxquery multisearch union gentimes loadjob savedsearch eventcount walklex mcatalog pivot stats eval rename'.split(
    ' ',
  ),
);
