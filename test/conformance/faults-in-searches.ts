// Single faults for the searches of detections, each with the places in the file at which it may be reported.

import type { Detection, Path, Repository } from '../../src/content/model.js';
import { analyseContentSearch } from '../../src/content-search.js';
import type { Span } from '../../src/diagnostic/diagnostic.js';
import type { SyntaxLanguage } from '../../src/syntax/language.js';
import { setFields } from '../../src/syntax/set-fields.js';
import { walkPipeline } from '../../src/syntax/walk.js';

/** One change of a text of a detection. */
export interface SearchFault {
  readonly kind: string;
  /** Of the text in the model. */
  readonly path: Path;
  /** What is replaced there, and by what. */
  readonly span: Span;
  readonly written: string;
  /** What the help must suggest. */
  readonly meant?: string;
}

type Random = (below: number) => number;

const mask = (text: string): string => text.replace(/[^\n]/g, 'x');

/** The faults that one detection can have: at most one of each kind, at a random place. */
export function* searchFaults(
  detection: Detection,
  repository: Repository,
  language: SyntaxLanguage,
  random: Random,
): Iterable<SearchFault> {
  const path: Path = ['search'];
  const { search: text } = detection;
  const analysis = analyseContentSearch(detection, path, text, repository);
  if (analysis === undefined || analysis.analysis.diagnostics.length > 0) return;
  const uncommented = text.replace(/```[\s\S]*?```/g, mask);
  const visible = uncommented.replace(/"(?:[^"\\]|\\[\s\S])*"/g, mask);
  const pick = <T>(all: readonly T[]): T | undefined =>
    all.length === 0 ? undefined : all[random(all.length)];
  const one = (pattern: RegExp, from = visible): RegExpExecArray | undefined =>
    pick([...from.matchAll(pattern)]);
  const change = (
    kind: string,
    start: number,
    end: number,
    written: string,
    meant?: string,
  ): SearchFault => ({
    kind,
    path,
    span: { start, end },
    written,
    ...(meant === undefined ? {} : { meant }),
  });
  /** A letter of the first group is left out, such that the name is another. */
  function* misspell(
    kind: string,
    match: RegExpExecArray | undefined,
    known?: { has(name: string): boolean },
  ) {
    const name = match?.[1];
    if (match === undefined || name === undefined || name.length < 3) return;
    const start = match.index + match[0].indexOf(name);
    const at = random(name.length);
    const written = name.slice(0, at) + name.slice(at + 1);
    if (written !== name && known?.has(written.toLowerCase()) !== true)
      yield change(kind, start, start + name.length, written, name);
  }
  function* drop(kind: string, at: number | undefined) {
    if (at !== undefined) yield change(kind, at, at + 1, '');
  }
  const insert = (kind: string, at: number, written: string): SearchFault => change(kind, at, at, written);

  yield* misspell('letter of a command', one(/\|\s*([a-z]{3,})(?=\s)/g), language.commands);
  const calls = [...visible.matchAll(/\b([a-z_]{3,})\(/g)].filter(([, name]) =>
    language.functions.has(name!),
  );
  yield* misspell('letter of a function', pick(calls), language.functions);
  const aggregates = [...visible.matchAll(/\b([a-z_]{3,})\((?=[\w.*]+\)\s+as\b)/g)].filter(([, name]) =>
    language.aggregates.has(name!),
  );
  yield* misspell('letter of an aggregate', pick(aggregates), language.aggregates);
  yield* misspell('letter of a macro', one(/(?<!`)`([a-z_]{4,})[`(]/g));
  yield* misspell('letter of a lookup', one(/\|\s*(?:input)?lookup\s+(?:[a-z_]+=\w+\s+)*([\w.]{4,})(?=\s)/g));
  yield* misspell(
    'letter of an option',
    one(
      /\|\s*(?:tstats|bin|bucket|mvexpand|join|sort|rex|head|transaction|timechart|streamstats|iplocation|spath|append|inputlookup|outputlookup)\s+(?:[a-z]\w*=\S+\s+)*([a-z_]{4,})=/g,
    ),
  );
  yield* misspell('letter of a data model', one(/\bdatamodel\s*=\s*([A-Z]\w{3,})/g));
  yield* misspell('letter of a data set', one(/\bdatamodel\s*=\s*[A-Z]\w+\.([A-Z]\w{3,})/g));
  yield* misspell(
    'letter of a data-model field',
    one(
      /\b(?:Processes|Registry|Filesystem|Web|Authentication|All_Traffic|DNS|Ports|Services|All_Changes|Risk|All_Risk|IDS_Attacks)\.([a-z]\w{3,})/g,
    ),
  );

  // Quotes: of the strings of the search, and single ones.
  const strings = [...uncommented.matchAll(/"(?:[^"\\]|\\[\s\S])*"/g)];
  const string = pick(strings);
  yield* drop('opening quote', string?.index);
  const other = pick(strings);
  yield* drop('closing quote', other && other.index + other[0].length - 1);
  const single = one(/(?<=[\s(=,])'[\w.{} -]+'/g);
  yield* drop('opening single quote', single?.index);
  yield* drop('closing single quote', single && single.index + single[0].length - 1);
  for (const [kind, pattern] of [
    ['opening (', /\(/g],
    ['closing )', /\)/g],
    ['opening [', /\[/g],
    ['closing ]', /\]/g],
    ['opening backtick', /(?<!`)`(?=\w)/g],
    ['closing backtick', /(?<=[\w)])`(?!`)/g],
    ['pipe', /\|(?=\s*[a-z`])/g],
  ] as const)
    yield* drop(kind, one(pattern)?.index);
  const regex = one(/\|\s*(?:rex|regex)\s[^"|]*"(?:[^"\\]|\\[\s\S])*"/g, uncommented);
  if (regex !== undefined) {
    const bracket = pick([...regex[0].matchAll(/(?<!\\)[()](?![^[]*\])/g)]);
    yield* drop('bracket of a regex', bracket && regex.index + bracket.index);
  }

  const call = one(
    /\b(?:isnull|isnotnull|lower|upper|len|mvcount|like|match|if|tonumber|tolower)\((?:[^()]*)\)/g,
  );
  if (call !== undefined) {
    const name = call[0].slice(0, call[0].indexOf('('));
    // tonumber and match may take one more.
    const extra =
      name === 'tonumber' ? ', 10, 10' : name === 'match' || name === 'like' ? ', "x", "y"' : ', "x"';
    yield insert('argument of a function', call.index + call[0].length - 1, extra);
  }
  const macroCall = one(/`(?:security_content_ctime|drop_dm_object_name)\([^)]*\)/g);
  if (macroCall !== undefined)
    yield insert('argument of a macro', macroCall.index + macroCall[0].length - 1, ', x');
  const positional = one(
    /\|\s*(?:where|head|mvexpand|spath|rex|regex|makemv|bin|bucket|iplocation|inputlookup)\s[^|`]*?(?=\s*(?:\||$))/g,
  );
  if (positional !== undefined && !/[[`]/.test(positional[0]))
    yield insert('argument of a command', positional.index + positional[0].length, ' extra_word');

  yield* renames(detection, analysis, random);
}

const renameForms = [
  (name: string): string => name.slice(0, -2) + name.slice(-1),
  (name: string): string => `${name}_renamed`,
  (_: string, random: Random): string => `zq${random(1_000_000)}`,
] as const;

function* renames(
  detection: Detection,
  { analysis, text, pipeline }: NonNullable<ReturnType<typeof analyseContentSearch>>,
  random: Random,
): Iterable<SearchFault> {
  const pick = <T>(all: readonly T[]): T | undefined =>
    all.length === 0 ? undefined : all[random(all.length)];
  const forms = ['a letter', 'a suffix', 'another name'];
  function* rename(what: string, path: Path, span: Span | undefined, name: string | undefined) {
    if (span === undefined || name === undefined || name.length < 4) return;
    const form = random(renameForms.length);
    const written = renameForms[form]!(name, random);
    yield { kind: `${what} renamed by ${forms[form]}`, path, span, written };
  }
  // Fields that stand in the text of the search as written.
  const inText = ({ name, span }: { name: string; span: Span }): boolean =>
    text.slice(span.start, span.end) === name && /^[\w.]{4,}$/.test(name);
  const transforming = pipeline.commands.findIndex(({ name }) => /^(?:stats|tstats|table|chart)$/.test(name));
  const behind = transforming < 0 ? undefined : pipeline.commands[transforming]!.span.end;
  const made = setFields(pipeline).filter(({ field }) => inText(field));
  const readers: { name: string; span: Span }[] = [];
  const by: { name: string; span: Span }[] = [];
  walkPipeline(pipeline, {
    command(command, owner) {
      if (owner !== pipeline || command.arguments === undefined) return;
      const args = command.arguments as { by?: unknown };
      const list = Array.isArray(args.by) ? args.by : [];
      for (const item of list) {
        const field =
          (item as { field?: { name: string; span: Span } }).field ?? (item as { name: string; span: Span });
        if (field?.span !== undefined && inText(field)) by.push(field);
      }
    },
    expression(expression, command) {
      if (behind === undefined || expression.span.start < behind || !/^(?:eval|where)$/.test(command.name))
        return;
      if (expression.kind === 'field' && inText(expression)) readers.push(expression);
    },
    search(expression) {
      if (behind === undefined || expression.span.start < behind) return;
      if (expression.kind === 'comparison' && inText(expression.field)) readers.push(expression.field);
    },
    aggregation({ argument }) {
      if (behind === undefined || argument === undefined || !('quoted' in argument)) return;
      if (argument.span.start >= behind && inText(argument)) readers.push(argument);
    },
  });
  const known = (field: { name: string }): boolean => !/^(?:true|false|null)$/i.test(field.name);
  const reader = pick(readers.filter(known));
  yield* rename('reader', ['search'], reader?.span, reader?.name);
  const byField = pick(by);
  yield* rename('by field', ['search'], byField?.span, byField?.name);
  const read = made.filter(
    ({ field, by, end }) => by === 'eval' && new RegExp(`\\b${field.name}\\b`).test(text.slice(end)),
  );
  const maker = pick(read);
  yield* rename('eval field', ['search'], maker?.field.span, maker?.field.name);
  if (!analysis.output.closed) return;
  const { risk, drilldowns, tags } = detection;
  const whole = (name: string | undefined): Span | undefined =>
    name === undefined ? undefined : { start: 0, end: name.length };
  const objects = risk?.riskObjects ?? [];
  const object = random(Math.max(1, objects.length));
  const { field } = objects[object] ?? {};
  yield* rename('risk object', ['risk', 'riskObjects', object, 'field'], whole(field), field);
  const tokens = (value: string): RegExpExecArray[] => [...value.matchAll(/(?<=\$)[A-Za-z]\w{3,}(?=\$)/g)];
  const token = pick(tokens(risk?.message ?? ''));
  const spanOf = (match: RegExpExecArray | undefined): Span | undefined =>
    match && { start: match.index, end: match.index + match[0].length };
  yield* rename('message token', ['risk', 'message'], spanOf(token), token?.[0]);
  const drilldown = random(Math.max(1, drilldowns.length));
  const drilldownToken = pick(
    tokens(drilldowns[drilldown]?.search ?? '').filter(([name]) => !/^(?:info|orig|risk)_/.test(name)),
  );
  yield* rename(
    'drilldown token',
    ['drilldowns', drilldown, 'search'],
    spanOf(drilldownToken),
    drilldownToken?.[0],
  );
  const throttled = tags.throttling?.fields[0];
  yield* rename('throttling field', ['tags', 'throttling', 'fields', 0], whole(throttled), throttled);
}
