// Single faults for files of real repositories: each is one small change of the text, and where it must be reported.
import { YamlDocument } from '../../src/content/yaml/document.js';

/** A changed file; `place` is where the one diagnostic must begin, undefined when the change is no fault. */
export interface PlantedFault {
  readonly what: string;
  readonly bytes: Buffer;
  readonly place?: { readonly line: number; readonly column: number };
  /** What the message must name. */
  readonly names?: string;
  /** A name that the fault takes away, and others may miss. */
  readonly lost?: string;
}

type Path = readonly (string | number)[];

/** Every key and item of a value by path. */
function* pathsOf(value: unknown, path: Path = []): Iterable<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    yield own;
    yield* pathsOf(inner, own);
  }
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Readonly<Record<string, unknown>>)[part], value);

/** Where any key may stand. */
const free = /^(?:tags\.mappings|field_mappings\.mapping|convert_to_log_source\.mapping)\./;
/** Of removed content what nothing reads. */
const passedOver = /^(?:rba|tests|drilldown_searches|deployment|custom_schedule|finding)\./;

/** Faults that the file of a kind can have, in a fixed order. */
export function* faultsOf(
  file: string,
  text: string,
  random: (below: number) => number,
): Iterable<PlantedFault> {
  const document = new YamlDocument(file, text);
  const { value } = document;
  if (typeof value !== 'object' || value === null || document.diagnostics().length > 0) return;
  const lines = text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, column - 1);
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const last = whole.split('\n').length;
  const planted = (
    what: string,
    changed: string,
    place?: PlantedFault['place'],
    names?: string,
  ): PlantedFault => ({
    what,
    bytes: Buffer.from(changed),
    ...(place === undefined ? {} : { place }),
    ...(names === undefined ? {} : { names }),
  });
  const end = { line: last, column: 1 };
  // Splunk's tools pass over further keys of removed content.
  if (!file.startsWith('removed/') || /deprecation_mapping/.test(file))
    yield planted('an unknown key', `${whole}zzz_unheard: 1\n`, end, 'zzz_unheard');
  yield planted('a key twice', `${whole}name: Again\n`, end, 'name');
  yield planted('a quote that is not closed', `${whole}zzz: "open\n`, { line: last, column: 6 });
  yield planted('a tab in the indentation', `${whole}zzz:\n\t- a\n`, { line: last + 1, column: 1 }, 'tab');
  yield planted('an alias of nothing', `${whole}zzz: *nothing\n`, { line: last, column: 6 }, 'nothing');
  yield planted('a control character', `${whole}# \u0007\n`, { line: last, column: 3 }, 'control character');
  const wrong = {
    what: 'a wrong byte',
    bytes: Buffer.concat([Buffer.from(`${whole}# caf`), Buffer.of(0xe9, 10)]),
  };
  yield { ...wrong, place: { line: last, column: 6 }, names: '0xe9' };
  yield planted('CRLF', whole.replaceAll(/\r?\n/g, '\r\n'));
  yield planted('a byte order mark', `\ufeff${text}`, { line: 1, column: 1 }, 'byte order mark');
  // No other file has it.
  const unheard = `zq${random(10_000)}`;
  const isRemoved = file.startsWith('removed/');
  for (const path of pathsOf(value)) {
    const name = path.filter((part) => typeof part === 'string').join('.');
    if (free.test(name) || (isRemoved && passedOver.test(name))) continue;
    const key = path.at(-1)!;
    const place = document.valuePlace(path);
    const inner = at(value, path);
    const begin = offset(place.line, place.column);
    const put = (written: string): string =>
      text.slice(0, begin) + written + text.slice(offset(place.endLine, place.endColumn));
    if (typeof key === 'string' && key.length > 4) {
      const keyPlace = document.keyPlace(path);
      const start = offset(keyPlace.line, keyPlace.column);
      if (text.startsWith(key, start)) {
        const drop = 1 + random(key.length - 2);
        const written = key.slice(0, drop) + key.slice(drop + 1);
        const changed = text.slice(0, start) + written + text.slice(start + key.length);
        yield planted(`a key misspelt, ${name},`, changed, keyPlace, written);
      }
    }
    if (place.endLine !== place.line || /^[|>]/.test(text.slice(begin)) || inner === null) continue;
    if (typeof inner === 'object') continue;
    const mapping = planted(
      `a mapping for a scalar, ${name},`,
      put('{a: b}'),
      place,
      String(path.find((part) => typeof part === 'string')),
    );
    yield /^(?:name|filename|collection)$/.test(name) ? { ...mapping, lost: String(inner) } : mapping;
    if (typeof inner === 'number') {
      yield planted('a text for a number', put('abc'), place, 'abc');
      yield planted('less than nothing', put('-3'), place, '-3');
    }
    if (typeof inner === 'boolean') yield planted('a text for a flag', put('perhaps'), place, 'perhaps');
    if (/(?:^|_)date$/.test(name)) {
      yield planted('no day of the calendar', put("'2022-02-30'"), place, '2022-02-30');
      yield planted('a day to come', put("'2999-01-01'"), place, '2999-01-01');
    }
    if (name === 'id') yield planted('no UUID', put('5f1c1e0a-0a77'), place, '5f1c1e0a-0a77');
    // Nothing looks at the tags of deployments that no content shares.
    if (isRemoved || file.startsWith('deployments/')) continue;
    if (
      /^(?:tags\.)?(?:analytic_story|mitre_attack_id|product|security_domain)$/.test(name) &&
      typeof inner === 'string'
    )
      yield planted('a value that there is not', put(unheard), place, unheard);
    if (/^(?:type|status|lookup_type|tags\.usecase|usecase)$/.test(name))
      yield planted('a word that there is not', put('zzzunheard'), place, 'zzzunheard');
    if (/cron_schedule$/.test(name)) yield planted('no cron text', put('0 25 * * *'), place, '25');
    if (name === 'data_source') yield planted('no data source', put(unheard), place, unheard);
  }
}
