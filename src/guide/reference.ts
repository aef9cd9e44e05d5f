// The reference pages of the guide, made from the records of commands, functions, aggregates and rules.
import type { AggregateDefinition } from '../aggregates/aggregate.js';
import type { CommandDefinition, Example } from '../commands/command.js';
import type { RuleDescription } from '../diagnostic/report/sarif.js';
import { codeSpan, fenceFor, inline } from '../docs/escape.js';
import type { FunctionDefinition } from '../functions/function.js';
import type { OutputFile } from '../output/output-file.js';
import type { Rule } from '../rules/rule.js';

/** The catalogues that the pages are made of. */
export interface Catalogues {
  readonly commands: readonly CommandDefinition<unknown>[];
  readonly functions: readonly FunctionDefinition[];
  readonly aggregates: readonly AggregateDefinition<unknown>[];
  readonly rules: readonly Rule[];
  /** Every code that can be printed in brackets, those of rules included. */
  readonly codes: readonly RuleDescription[];
  /** Sets of severities by the name that `extends` takes. */
  readonly presets: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Renders every reference page; paths are relative to the guide's folder. */
export function renderReference(catalogues: Catalogues): OutputFile[] {
  return [
    { path: 'spl/commands.md', content: commandsPage(catalogues.commands) },
    { path: 'spl/functions.md', content: functionsPage(catalogues.functions) },
    { path: 'spl/aggregates.md', content: aggregatesPage(catalogues.aggregates) },
    { path: 'rules.md', content: rulesPage(catalogues) },
  ];
}

const made = '<!-- Made from the records by `npm run update`; do not edit. -->';
const span = (code: string): string => codeSpan(code, 'markdown');

/** Words of a record: what stands between two backticks is code, everything else stands for itself. */
function text(words: string): string {
  const parts = words.split(/`([^`\n]+)`/);
  if (parts.length === 1) return inline(words, 'markdown');
  return parts
    .map((part, i) => {
      if (i % 2 === 1) return span(part);
      const [before = '', after = ''] = [
        /^\s*/.exec(part)?.[0],
        part.trim() === '' ? '' : /\s*$/.exec(part)?.[0],
      ];
      return `${before}${inline(part, 'markdown')}${after}`;
    })
    .join('');
}
const byName = <T extends { readonly name: string }>(records: readonly T[]): T[] =>
  [...records].sort((a, b) => (a.name < b.name ? -1 : 1));

function page(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, made, ...blocks.filter((block) => block !== '')].join('\n\n')}\n`;
}

function fenced(code: string, language: string): string {
  const fence = fenceFor(code);
  return `${fence}${language}\n${code}\n${fence}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A sentence of a record, as one. */
function sentence(words: string): string {
  return /[.!?]$/.test(words) ? text(words) : `${text(words)}.`;
}

function differences(list: readonly string[] | undefined): string {
  if (list === undefined || list.length === 0) return '';
  return `Differences from Splunk:\n\n${list.map((item) => `- ${sentence(item)}`).join('\n')}`;
}

/** Options that change no result here; those of one reason stand together. */
function withoutEffect(options: Readonly<Record<string, string>> | undefined): string {
  if (options === undefined) return '';
  const byReason = new Map<string, string[]>();
  for (const [name, reason] of Object.entries(options))
    byReason.set(reason, [...(byReason.get(reason) ?? []), span(name)]);
  const lines = [...byReason].map(([reason, names]) => `- ${names.join(', ')}: ${sentence(reason)}`);
  return `Options without effect on results here:\n\n${lines.join('\n')}`;
}

/** A link inside a page to the heading of a name; the ids are those that GitHub gives. */
function here(name: string): string {
  return `[${span(name)}](#${name.toLowerCase()})`;
}

function commandsPage(all: readonly CommandDefinition<unknown>[]): string {
  const records = byName(all);
  const run = records.filter((command) => command.unsupported === undefined);
  const refused = records.filter((command) => command.unsupported !== undefined);
  const types = [...new Set(run.map((command) => command.type))].sort();
  return page('SPL commands', [
    `detc knows ${records.length} commands. It runs ${run.length} of them on local data. The other ${refused.length} are parsed and checked like the rest and go into the built app; asked to run a search with one, detc refuses and says why, and never gives a partial answer.`,
    table(
      ['type', 'commands'],
      types.map((type) => [
        type,
        run
          .filter((command) => command.type === type)
          .map((command) => here(command.name))
          .join(', '),
      ]),
    ),
    'In the usages below `<…>` stands for something you write, `[…]` may be left out, `…` may be repeated. Options are written `name=value` and may stand in any order.',
    ...run.flatMap(commandEntry),
    '## Commands that are checked only',
    table(
      ['command', 'does', 'why it is not run here'],
      refused.map((command) => [span(command.name), text(command.summary), text(command.unsupported ?? '')]),
    ),
  ]);
}

function commandEntry(command: CommandDefinition<unknown>): string[] {
  const aliases = command.aliases ?? [];
  return [
    `## ${command.name}`,
    sentence(command.summary) + (aliases.length > 0 ? ` Also written ${aliases.map(span).join(', ')}.` : ''),
    fenced(command.usage, 'text'),
    differences(command.differences),
    withoutEffect(command.withoutEffect),
    ...command.examples.map(commandExample),
    `Source: ${text(command.source)}.`,
  ];
}

function commandExample(example: Example): string {
  const rows = (list: Example['output']): string =>
    list.length === 0 ? '(no rows)' : list.map((row) => JSON.stringify(row)).join('\n');
  const input = example.input === undefined ? '' : `\n\nof\n\n${fenced(rows(example.input), 'json')}`;
  const given = [
    ...Object.entries(example.lookups ?? {}).map(
      ([name, csv]) => `\n\nwith the table ${span(name)}\n\n${fenced(csv.trimEnd(), 'csv')}`,
    ),
    ...Object.entries(example.savedSearches ?? {}).map(
      ([name, search]) => `\n\nwith the saved search ${span(name)}\n\n${fenced(search, 'spl')}`,
    ),
  ].join('');
  return `${sentence(capital(example.title))}\n\n${fenced(example.spl, 'spl')}${given}${input}\n\ngives\n\n${fenced(rows(example.output), 'json')}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Records by the page of the Search Reference that they stand on, pages in order of their titles. */
function bySource<T extends { readonly name: string; readonly source: string }>(
  records: readonly T[],
): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const record of byName(records)) {
    const group = groups.get(record.source) ?? [];
    groups.set(record.source, [...group, record]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function contents<T extends { readonly name: string; readonly source: string }>(
  groups: readonly (readonly [string, readonly T[]])[],
): string {
  return table(
    ['kind', 'functions'],
    groups.map(([source, records]) => [text(source), records.map(({ name }) => here(name)).join(', ')]),
  );
}

const nullRules = {
  propagate: 'A null argument makes the result null.',
  receive: '',
} as const;

function functionsPage(all: readonly FunctionDefinition[]): string {
  const groups = bySource(all);
  return page('Eval functions', [
    `The ${all.length} functions of \`eval\`, \`where\`, \`fieldformat\` and the arguments of \`stats\`. Each example below runs as a test of detc.`,
    contents(groups),
    ...groups.flatMap(([, records]) =>
      records.flatMap((record) => [
        `## ${record.name}`,
        [
          sentence(record.summary),
          record.aliases === undefined || record.aliases.length === 0
            ? ''
            : `Also written ${record.aliases.map(span).join(', ')}.`,
          `Returns ${returned[record.returns]}.`,
          nullRules[record.nulls],
        ]
          .filter(Boolean)
          .join(' '),
        fenced(record.usage, 'text'),
        differences(record.differences),
        record.examples.length === 0
          ? ''
          : table(
              ['expression', 'with', 'gives'],
              record.examples.map((example) => [
                cell(example.expression),
                fieldsText(example.fields) + (example.title === undefined ? '' : ` (${text(example.title)})`),
                value(example.result),
              ]),
            ),
      ]),
    ),
  ]);
}

const returned = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  multivalue: 'a multivalue',
  any: 'a value of the kind it is given',
} as const;

/** Code in a cell of a table: on one line, controls as escapes. */
function cell(code: string): string {
  return span(JSON.stringify(code).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\'));
}

function value(result: unknown): string {
  return result === null ? 'null' : span(JSON.stringify(result));
}

function fieldsText(fields: Readonly<Record<string, unknown>> | undefined): string {
  return Object.entries(fields ?? {})
    .map(([name, content]) => span(`${name}=${JSON.stringify(content)}`))
    .join(', ');
}

function aggregatesPage(all: readonly AggregateDefinition<unknown>[]): string {
  const groups = bySource(all);
  return page('Statistical functions', [
    `The ${all.length} functions of \`stats\`, \`eventstats\`, \`streamstats\`, \`chart\`, \`timechart\`, \`tstats\` and their relatives. Each example below runs as a test of detc.`,
    contents(groups),
    ...groups.flatMap(([, records]) =>
      records.flatMap((record) => [
        `## ${record.name}`,
        [
          sentence(record.summary),
          record.aliases === undefined || record.aliases.length === 0
            ? ''
            : `Also written ${record.aliases.map(span).join(', ')}.`,
          record.values === 'number' ? 'Only numbers count.' : '',
        ]
          .filter(Boolean)
          .join(' '),
        fenced(record.usage, 'text'),
        differences(record.differences),
        record.examples.length === 0
          ? ''
          : table(
              ['function', 'over', 'gives'],
              record.examples.map((example) => [
                cell(example.aggregation),
                example.input.map((row) => span(JSON.stringify(row))).join(' ') +
                  (example.title === undefined ? '' : ` (${text(example.title)})`),
                value(example.result),
              ]),
            ),
      ]),
    ),
  ]);
}

function rulesPage({ rules, codes, presets }: Catalogues): string {
  const own = new Set(rules.map(({ code }) => code));
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  return page('Rules', [
    'The word in brackets at the end of a diagnostic is the code of the rule that reports it. `detc.yml` changes what a rule is worth, for the whole repository or for some files:',
    fenced(
      [
        "extends: [escu]          # the policies of the team behind Splunk's own content",
        'rules:',
        '  fixed-score: off       # error, warn or off',
        'overrides:',
        '  - files: [detections/deprecated/**]',
        '    rules:',
        '      missing-test: off',
      ].join('\n'),
      'yaml',
    ),
    'A comment on the line above excepts one line, a list item, or the whole text that begins there; several codes stand in one comment, and behind `--` is room for the reason. A code that does not exist, or that nothing below would have been reported with, is a warning:',
    fenced(['  # detc-ignore risk-score -- agreed with the SOC', '  risk_score: 99'].join('\n'), 'yaml'),
    table(
      ['rule', 'severity', 'demands'],
      sorted.map((rule) => [here(rule.code), rule.severity, text(rule.summary)]),
    ),
    '## Presets',
    table(
      ['preset', 'sets'],
      [...presets].map(([name, severities]) => [
        span(name),
        Object.entries(severities)
          .map(([code, severity]) => `${here(code)} to ${severity}`)
          .join(', '),
      ]),
    ),
    '## Codes of the compiler itself',
    'These are found by the compiler itself, whichever rules are on.',
    table(
      ['code', 'holds when'],
      codes.filter(({ code }) => !own.has(code)).map(({ code, summary }) => [span(code), text(summary)]),
    ),
    ...sorted.flatMap((rule) => [
      `## ${rule.code}`,
      `${sentence(rule.summary)} ${rule.severity === 'off' ? 'Off unless turned on.' : `Severity: ${rule.severity}.`}`,
      text(rule.docs),
      ...(rule.examples.fail[0] === undefined
        ? []
        : [`Reported, for example:\n\n${fenced(rule.examples.fail[0].found.join('\n'), 'text')}`]),
      `Source: ${text(rule.source)}.`,
    ]),
  ]);
}
