// Every command but the first search has a pipe before it.

import type { Span } from '../diagnostic/diagnostic.js';
import { swallowedByClause } from '../syntax/swallowed.js';
import { type Command, type FieldName, syntaxOf } from '../syntax/tree.js';
import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const missingPipe = defineRule({
  code: 'missing-pipe',
  severity: 'error',
  summary: 'A command has a pipe before it.',
  source: 'Search Manual: a search without a pipe begins with the search command, which is left out',
  docs:
    'Without the pipe Splunk searches the raw events for the words "tstats", "count" and so on, and finds nothing. ' +
    'In the middle of a search a forgotten pipe makes words to search for, or fields of a "by" clause, of a command; ' +
    'that is a warning, for the words may be meant.',
  examples: {
    pass: [
      { title: 'a pipe', files: {} },
      {
        title: 'a search for a word that is also a command',
        files: { [base.rba]: edit("search: '`sysmon`", "search: 'from=me `sysmon`") },
      },
      {
        title: 'commands as words and as fields',
        files: {
          [base.rba]: edit(
            "search: '`sysmon`",
            "search: '(table OR stats where) `sysmon` | stats count by user, where, dest | search",
          ),
        },
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
      {
        title: 'a pipe forgotten after the first terms',
        files: { [base.rba]: edit("search: '`sysmon`", 'search: \'`sysmon` where like(user, "a%")') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:12:19: "where" is read as a word to search for, not as a command',
        ],
      },
      {
        title: 'a pipe forgotten after a by clause',
        files: {
          [base.rba]: edit("search: '`sysmon`", "search: '`sysmon` | stats count by user where count > 5 |"),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:12:41: "where" is read as a field, not as a command',
        ],
      },
    ],
  },
  isByCommand: true,
  spl({ analysis, locate }, report) {
    const [first] = analysis.pipeline.commands;
    const { text: expanded } = analysis.expansion;
    const start = first?.span.start ?? 0;
    const word = /^([a-z]+)\s+(?=[\w`"*]|\[)/.exec(expanded.slice(start, start + 100))?.[1];
    // What stands behind such a word is no search, and explained.
    let explained: Command | undefined;
    if (first?.implied === true && first[syntaxOf] !== undefined && word !== undefined && leading.has(word)) {
      explained = first;
      const { place, notes } = locate({ start, end: start + word.length });
      const message = `"${word}" at the beginning of a search needs a pipe before it`;
      report(place, message, { help: `write | ${word}`, notes });
    }
    const swallowed = (name: string, span: Span, readAs: string): void => {
      const { place, notes } = locate(span);
      report(place, `"${name}" is read as ${readAs}, not as a command`, {
        severity: 'warning',
        help: `write | ${name}`,
        notes,
      });
    };
    walkPipeline(analysis.pipeline, {
      search(expression, command) {
        if (command === explained || expression.kind !== 'term' || expression.value.quoted) return;
        const { span, value } = expression;
        // That of a filter macro behind `search` is Splunk's own way, doubled.
        if (value.text === 'search' && !analysis.expansion.isWritten(span.start)) return;
        if (isCommandHere(value.text, expanded.slice(span.end, span.end + 200)))
          swallowed(value.text, span, 'a word to search for');
      },
      command(command) {
        const { by } = (command.arguments ?? {}) as { readonly by?: readonly FieldName[] };
        if (!Array.isArray(by)) return;
        by.forEach(({ name, span }: FieldName, index) => {
          const [before, after] = [by[index - 1], by[index + 1]];
          if (before === undefined || after === undefined || !swallowedByClause.has(name)) return;
          const around =
            expanded.slice(before.span.end, span.start) + expanded.slice(span.end, after.span.start);
          if (!around.includes(',')) swallowed(name, span, 'a field');
        });
      },
    });
  },
});

/** Commands that a search may begin with, and those that nobody searches for as a word. */
const leading = wordSet(
  'tstats mstats inputlookup inputcsv makeresults metadata metasearch datamodel from rest dbxquery multisearch union gentimes loadjob savedsearch eventcount walklex mcatalog pivot stats eventstats streamstats timechart eval rename',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** What makes a word of a search expression a command: the beginning of its arguments after it. */
const argumentShapes: ReadonlyMap<string, RegExp> = new Map([
  ...['stats', 'eventstats', 'streamstats', 'chart', 'timechart', 'tstats'].map(
    (name) =>
      [
        name,
        /^\s+(?:\w+=\w+\s+)*(?:(?:count|c|dc)\s+(?:(?:by|as|over)\b|[a-z_]+\()|(?:count|c|dc|distinct_count|values|list|sum|avg|min|max|first|last|latest|earliest)\s*\()/i,
      ] as const,
  ),
  ['eval', /^\s+(?:\w+|'[^']*')\s*=(?!=)/],
  ['where', /^\s+(?:NOT\s+)?(?:\w+\s*(?:[<>=]|!=)|(?:like|match|is\w+|in|cidrmatch|len)\()/i],
  ['rename', /^\s+\S+\s+as\s/i],
  ...['top', 'rare'].map(
    (name) => [name, /^\s+(?:limit=\d+\s+[\w.]|\d+\s+[\w.]+\s*(?:[,|]|by\b|$))/i] as const,
  ),
  ['rex', /^\s+(?:field=|mode=sed|")/],
  ['lookup', /^\s+\S+\s+\S+.*?\b(?:as|output|outputnew)\b/i],
  ['sort', /^\s+(?:[-+]\s*\w|\d+\s)/],
  ['table', /^\s+[\w.]+\s*,/],
  // Nobody searches for these as words.
  ...['fillnull', 'mvexpand', 'outputlookup', 'iplocation', 'makemv', 'filldown'].map(
    (name) => [name, /^/] as const,
  ),
  ['fields', /^\s+(?:[-+]\s*[\w*]|[\w.*]+\s*[,|])/],
  ['spath', /^\s*(?:\||\s(?:input|output|path)=)/],
  ...['append', 'join', 'appendcols', 'appendpipe'].map((name) => [name, /^[^|[\]"]{0,80}\[/] as const),
  ['head', /^\s+\d+\s*(?:\||$)/],
  ['regex', /^\s+[\w.]+\s*!?=\s*"/],
  ...['bin', 'bucket'].map((name) => [name, /^\s+(?:span=|_time\b)/] as const),
  ['search', /^\s+(?:\*|NOT\s|[\w.]+\s*(?:!?=|[<>(]))/],
  ['inputlookup', /^\s+(?:\w+=\w+\s+)*\w+/],
  ['dedup', /^\s+[\w.]+\s*,/],
]);

/** Whether a word stands where the author meant a command: what follows it are arguments of that command. */
function isCommandHere(word: string, after: string): boolean {
  return argumentShapes.get(word)?.test(after) ?? false;
}
