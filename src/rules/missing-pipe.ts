// Every command but the first search has a pipe before it.

import type { Severity, Span } from '../diagnostic/diagnostic.js';
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
    'In the middle of a search a forgotten pipe makes words to search for, or fields, of a command and its arguments. ' +
    'It is a warning where the words may be meant.',
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
            "search: '(table OR stats where) `sysmon` | sort where | stats count by user, where, dest | search",
          ),
        },
      },
      {
        title: 'a field of that name before another one, first or behind a comma',
        files: {
          [base.rba]: edit(
            '| `rundll32',
            '| stats count by where dest | stats count by dest, where count | `rundll32',
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
        title: 'a pipe forgotten before the call of a macro that begins with a command',
        files: {
          [base.rba]: edit('| `rundll32', '| table dest user process_name firstTime lastTime `rundll32'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:53: "search" is read as a field, not as a command',
        ],
      },
      {
        title: 'a pipe forgotten in a list of fields',
        files: {
          [base.rba]: edit('| `rundll32', '| table dest user process_name sort - dest | `rundll32'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:34: "sort" is read as a field, not as a command',
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
    const swallowed = (name: string, span: Span, readAs: string, severity: Severity): void => {
      const { place, notes } = locate(span);
      const isWritten = analysis.expansion.isWritten(span.start);
      report(place, `"${name}" is read as ${readAs}, not as a command`, {
        severity,
        help: isWritten ? `write | ${name}` : 'write a pipe before the macro call',
        notes,
      });
    };
    const after = ({ end }: Span): string => expanded.slice(end, end + 200);
    walkPipeline(analysis.pipeline, {
      search(expression, command) {
        if (command === explained || expression.kind !== 'term' || expression.value.quoted) return;
        const { span, value } = expression;
        // That of a filter macro behind `search` is Splunk's own way, doubled.
        if (value.text === 'search' && !analysis.expansion.isWritten(span.start)) return;
        if (isCommandHere(value.text, after(span)))
          swallowed(
            value.text,
            span,
            'a word to search for',
            plainWords.has(value.text) ? 'warning' : 'error',
          );
      },
      command(command) {
        const fields = listedFields(command);
        for (const [index, { name, span }] of fields.entries()) {
          // A field of that name stands at the beginning, or behind a comma.
          const before = expanded.slice(fields[index - 1]?.span.end ?? command.nameSpan.end, span.start);
          if (!argumentShapes.has(name) || (index === 0 && before.trim() === '') || before.includes(','))
            continue;
          const next = fields[index + 1];
          const isFollowed = next !== undefined && !expanded.slice(span.end, next.span.start).includes(',');
          if (isCommandHere(name, after(span))) swallowed(name, span, 'a field', 'error');
          else if (index > 0 && isFollowed && isOfBy(command, name) && swallowedByClause.has(name))
            swallowed(name, span, 'a field', 'warning');
          else continue;
          return;
        }
      },
    });
  },
});

/** A field of a "by" clause, which that of tstats holds with its span of time. */
type ByItem = FieldName | { readonly field?: FieldName };

function byFields({ arguments: args }: Command): readonly FieldName[] {
  const { by } = (args ?? {}) as { readonly by?: readonly ByItem[] };
  return Array.isArray(by)
    ? (by as readonly ByItem[]).flatMap((item) => ('name' in item ? item : (item.field ?? [])))
    : [];
}

const isOfBy = (command: Command, name: string): boolean =>
  byFields(command).some((field) => field.name === name);

/** The fields that a command names in lists, in order. */
function listedFields(command: Command): readonly FieldName[] {
  const syntax = command[syntaxOf];
  if (command.arguments === undefined || syntax === undefined || expressionCommands.has(syntax.name))
    return [];
  const listed = [
    ...(syntax.reads?.(command.arguments) ?? []),
    ...(syntax.sets?.(command.arguments) ?? []),
    ...byFields(command),
  ];
  if (!listed.some(({ name }) => argumentShapes.has(name))) return [];
  // Fields of a "by" clause are read as well.
  const byPlace = new Map(listed.map((field) => [field.span.start, field]));
  return [...byPlace.values()].sort((a, b) => a.span.start - b.span.start);
}

/** Commands that name fields in expressions and before AS alone. */
const expressionCommands: ReadonlySet<string> = new Set(['eval', 'where', 'rename', 'search', 'rex']);

/** Commands whose names are words that people search for, whatever follows. */
const plainWords: ReadonlySet<string> = new Set([
  'head',
  'tail',
  'sort',
  'search',
  'table',
  'dedup',
  'transaction',
]);

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
        /^\s+(?:\w+=\w+\s+)*(?:(?:count|c|dc)\s+(?:(?:by|as|over)\b|[a-z_]+\()|count\s*(?:[|\]]|$)|(?:count|c|dc|distinct_count|values|list|sum|avg|min|max|first|last|latest|earliest)\s*\()/i,
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
  ...[
    ...['fillnull', 'filldown', 'mvexpand', 'mvcombine', 'makemv', 'nomv', 'outputlookup', 'iplocation'],
    ...['xyseries', 'untable', 'selfjoin', 'addtotals', 'addcoltotals', 'fieldformat', 'makecontinuous'],
  ].map((name) => [name, /^/] as const),
  [
    'convert',
    /^\s+(?:timeformat=\S+\s+)?(?:auto|ctime|dur2sec|memk|mktime|mstime|none|num|rmcomma|rmunit)\(/i,
  ],
  ['transaction', /^\s+[\w.]+(?:[\s,]+[\w.]+)*\s+(?:maxspan|maxpause|maxevents|startswith|endswith)=/],
  ['map', /^\s+(?:maxsearches=\d+\s+)?search=/],
  ['replace', /^\s+\S+\s+with\s/i],
  ['collect', /^\s+index=/],
  ...['delta', 'predict'].map((name) => [name, /^\s+\w+\s+as\s/i] as const),
  ['foreach', /^[^|[\]"]{0,80}\[/],
  ['fields', /^\s+(?:[-+]\s*[\w*]|[\w.*]+\s*[,|])/],
  ['spath', /^\s*(?:\||\s(?:input|output|path)=)/],
  ...['append', 'join', 'appendcols', 'appendpipe'].map((name) => [name, /^[^|[\]"]{0,80}\[/] as const),
  ...['head', 'tail'].map((name) => [name, /^\s+\d+\s*(?:\||$)/] as const),
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
