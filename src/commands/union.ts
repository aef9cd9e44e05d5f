// The union command.
import { namedDataset } from '../plan/named-dataset.js';
import { isEventStream } from '../plan/order.js';
import { appendedSearch, interleaved } from '../plan/sources.js';
import { pipelineFields } from '../syntax/field-flow.js';
import type { FieldSet } from '../syntax/field-set.js';
import { anyFields, unionFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import { printPipeline } from '../syntax/printer.js';
import type { Pipeline } from '../syntax/tree.js';
import { defineCommand } from './command.js';

const datasetPattern = /[A-Za-z]+:(?:"[^"]*"|[^\s,"|[\]]+)/y;

/** Subsearches, and data sets such as `lookup:name` as text. */
const sources: Part<readonly (Pipeline | string)[]> = {
  usage: '(<subsearch> | <dataset>) ...',
  parse(parser) {
    const list: (Pipeline | string)[] = [];
    for (;;) {
      parser.takeOptions();
      if (parser.atSubsearch()) list.push(parser.subsearch());
      else {
        const dataset = parser.match(datasetPattern);
        if (dataset === undefined) break;
        list.push(dataset[0]);
      }
      parser.accept(',');
    }
    if (list.length === 0) parser.fail(`expected a subsearch or a data set, found ${parser.found()}`);
    return list;
  },
  print: (list) =>
    list.map((item) => (typeof item === 'string' ? item : `[ ${printPipeline(item)} ]`)).join(', '),
};

/** Puts the results of several data sets together. */
export const union = defineCommand({
  name: 'union',
  summary: 'Puts the results of several data sets together.',
  source: 'Search Reference: union',
  type: 'generating',
  mayFollow: () => true,
  grammar: form(
    { sources },
    {
      options: {
        maxtime: integerOption,
        maxout: integerOption,
        timeout: integerOption,
        extendtimerange: booleanOption,
      },
    },
  ),
  fields: (args, input) =>
    args.sources.reduce<FieldSet>(
      (all, source) => unionFields(all, typeof source === 'string' ? anyFields : pipelineFields(source)),
      input,
    ),
  plan: (args, input, context) => {
    const made = args.sources.map((source) => {
      if (typeof source !== 'string') return context.search(source);
      const [type = '', name = ''] = source.split(/:(.*)/s);
      return namedDataset(type.toLowerCase(), name.replace(/^"(.*)"$/, '$1'), context);
    });
    // In the middle of a search the results so far are the first data set.
    const inputs = input.op === 'scan' ? made : [input, ...made];
    // Search Reference, union, Usage: where all data sets are streams of events these come as one, newest first, and
    // the options have no effect; otherwise each is appended, with the limit of a subsearch.
    if (inputs.every(isEventStream)) return interleaved(inputs);
    return {
      op: 'union',
      inputs: inputs.map((made, index) => {
        const source = args.sources[index + args.sources.length - inputs.length];
        return source === undefined || typeof source === 'string'
          ? made
          : appendedSearch(made, args.options.maxout);
      }),
    };
  },
  withoutEffect: {
    maxtime: 'a subsearch is not cut off by time',
    timeout: 'a subsearch is not cut off by time',
    extendtimerange: 'the events given are all that a subsearch reads',
  },
  examples: [
    {
      title: 'events of two searches, newest first',
      spl: '| union [search a=1 | eval kind="one"] [search a=2 | eval kind="two"] | table _time kind',
      input: [
        { _time: 30, a: 1 },
        { _time: 20, a: 2 },
        { _time: 10, a: 1 },
      ],
      output: [
        { _time: 30, kind: 'one' },
        { _time: 20, kind: 'two' },
        { _time: 10, kind: 'one' },
      ],
    },
    {
      title: 'rows of two searches',
      spl: '| union [search a=1 | table a] [| makeresults | eval a=9 | table a]',
      input: [{ a: 1 }, { a: 2 }],
      output: [{ a: 1 }, { a: 9 }],
    },
  ],
});
