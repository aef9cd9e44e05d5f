// The from command.

import type { Span } from '../diagnostic/diagnostic.js';
import { namedDataset } from '../plan/named-dataset.js';
import { anyFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { printText } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** What to read: `datamodel:"Endpoint.Processes"`, `lookup:name`, `savedsearch:name`. */
export interface FromSource {
  readonly type: string;
  readonly name: string;
  readonly nameSpan: Span;
}

const sourceType = /([A-Za-z]\w*)\s*:?\s*/y;
const bareName = /[^\s|"[\]]+/y;

const source: Part<FromSource> = {
  usage: '<type>:<name>',
  parse(parser) {
    parser.skip();
    const type = parser.match(sourceType)?.[1]?.toLowerCase();
    if (type === undefined || parser.atEnd())
      return parser.fail(`expected a data set such as "datamodel:<name>", found ${parser.found()}`);
    const start = parser.position;
    let name = '';
    // "Model"."Dataset" is the same as "Model.Dataset".
    for (;;) {
      if (parser.atStringHere()) name += parser.string();
      else {
        const word = parser.take(bareName);
        if (word === undefined) break;
        name += word;
      }
    }
    if (name === '') parser.fail(`expected the name of a data set after "${type}:", found ${parser.found()}`);
    return { type, name, nameSpan: parser.spanFrom(start) };
  },
  print: (value) => `${value.type}:${printText(value.name)}`,
};

/** Reads a data set: a data model, a lookup, or a saved search. */
export const fromCommand = defineCommand({
  name: 'from',
  summary: 'Reads a data set: a data model, a lookup, or a saved search.',
  source: 'Search Reference: from',
  type: 'generating',
  grammar: form({ dataset: source }),
  uses: (args) => {
    const { type, name, nameSpan } = args.dataset;
    if (type === 'lookup' || type === 'inputlookup') return { lookups: [{ name, span: nameSpan }] };
    if (type !== 'datamodel') return {};
    const dot = name.indexOf('.');
    return {
      dataModels: [
        dot < 0
          ? { model: name, span: nameSpan }
          : { model: name.slice(0, dot), dataset: name.slice(dot + 1), span: nameSpan },
      ],
    };
  },
  fields: () => anyFields,
  plan: (args, _input, context) => namedDataset(args.dataset.type, args.dataset.name, context),
  examples: [
    {
      title: 'the events of a data set',
      spl: '| from datamodel:Endpoint.Processes | table process_name',
      input: [
        { tag: ['process', 'report'], process_name: 'cmd.exe' },
        { tag: 'web', process_name: 'x' },
      ],
      output: [{ process_name: 'cmd.exe' }],
    },
    {
      title: 'the events of a child data set, with fields under their plain names',
      spl: '| from datamodel:"Authentication.Failed_Authentication" | table user',
      input: [
        { tag: 'authentication', action: 'failure', user: 'ann' },
        { tag: 'authentication', action: 'success', user: 'bob' },
      ],
      output: [{ user: 'ann' }],
    },
    {
      title: 'the rows of a saved search',
      spl: '| from savedsearch:failed | stats count',
      input: [{ action: 'failed' }, { action: 'ok' }],
      savedSearches: { failed: 'action=failed' },
      output: [{ count: 1 }],
    },
  ],
});
