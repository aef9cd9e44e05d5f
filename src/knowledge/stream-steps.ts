// The steps of search-time knowledge for one kind of event, in Splunk's order.
import { confBoolean } from '../conf/read.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Escapes, RawEvent } from '../runtime/raw-event.js';
import type { Row } from '../runtime/value.js';
import {
  aliasStep,
  type Calculated,
  evalStep,
  lookupStep,
  readAliases,
  readLookupUse,
} from './derivation.js';
import { type EventType, eventTypeStep, type KnownFields, type TagIndex, tagStep } from './event-types.js';
import { extractStep, transformStep } from './extraction.js';
import { jsonReader } from './json-fields.js';
import { keyValueReader } from './key-values.js';
import type { FieldLookup, KnowledgeLanguage } from './language.js';
import type { Layers } from './layers.js';
import { foreignReader, memberStep } from './record-fields.js';
import type { EffectiveSetting } from './stanzas.js';
import type { Step, Wanted } from './step.js';
import { windowsEventReader } from './windows-event.js';
import { xmlReader } from './xml-fields.js';

/** What the steps are made from, the same for all streams. */
export interface StepSources {
  readonly layers: Layers;
  readonly language: KnowledgeLanguage;
  readonly eventTypes: readonly EventType[];
  readonly tags: TagIndex;
  /** The lookup of a transforms.conf stanza; null when there is none that can be used. */
  readonly lookup: (name: string) => FieldLookup | null;
  /** Why there is no such lookup. */
  readonly absence: (name: string) => string;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Told of every event that the regex of a setting was not run on to its end. */
  readonly gaveUp: (name: string, setting: EffectiveSetting) => void;
}

/**
 * Lists the steps that the settings of a stream make (Knowledge Manager Manual, "The sequence of search-time
 * operations"): EXTRACT, REPORT, KV_MODE, FIELDALIAS, EVAL, LOOKUP, event types, tags; within a kind in ASCII order
 * of the class. A setting that cannot be read is reported and left out.
 */
export function streamSteps(
  settings: ReadonlyMap<string, EffectiveSetting>,
  known: KnownFields,
  sources: StepSources,
): Step[] {
  const steps: Step[] = [];
  const classes = [...settings.keys()].sort();
  const each = (
    prefix: string,
    make: (name: string, setting: EffectiveSetting, origin: string) => void,
  ): void => {
    for (const name of classes) {
      if (!name.startsWith(prefix)) continue;
      const setting = settings.get(name) as EffectiveSetting;
      if (setting.value === '') continue;
      try {
        make(name, setting, originOf(setting));
      } catch (error) {
        sources.report(unreadable(name, setting, error));
      }
    }
  };
  const { language } = sources;
  const compiler = (name: string, setting: EffectiveSetting) => (pattern: string) =>
    language.regex(pattern, () => sources.gaveUp(name, setting));

  each('EXTRACT-', (name, setting, origin) => {
    steps.push(extractStep(name, origin, setting.value, compiler(name, setting)));
  });
  each('REPORT-', (name, setting, origin) => {
    for (const part of setting.value.split(',')) {
      const stanza = part.trim();
      if (stanza === '') continue;
      try {
        const transform = sources.layers.transforms.get(stanza);
        if (transform === undefined) throw new Error(`transforms.conf has no stanza "${stanza}"`);
        const first = transform.values().next().value;
        const where = first === undefined ? origin : `[${stanza}] ${first.file}:${first.line}`;
        const get = (key: string): string | undefined => transform.get(key)?.value;
        const step = transformStep(`${name} ${stanza}`, where, get, compiler(`${name} ${stanza}`, setting));
        if (step !== null) steps.push(step);
      } catch (error) {
        // The other stanzas of the list hold all the same.
        sources.report(unreadable(name, setting, error));
      }
    }
  });
  const indexed = settings.get('INDEXED_EXTRACTIONS');
  if (indexed?.value.toLowerCase() === 'json')
    steps.unshift(
      rawStep('INDEXED_EXTRACTIONS=json', originOf(indexed), (wanted) => jsonReader(wanted), ['json']),
    );
  steps.push(...keyValueSteps(settings, sources));
  each('FIELDALIAS-', (name, setting, origin) => {
    const aliases = readAliases(setting.value);
    if (aliases.length > 0) steps.push(aliasStep(name, origin, aliases));
  });
  const calculated: Calculated[] = [];
  each('EVAL-', (name, setting, origin) => {
    calculated.push({
      field: name.slice('EVAL-'.length),
      origin,
      expression: language.expression(setting.value),
    });
  });
  if (calculated.length > 0) steps.push(evalStep(calculated));
  each('LOOKUP-', (name, setting, origin) => {
    const use = readLookupUse(setting.value);
    if (use === null) throw new Error('expected "table column AS field OUTPUT column AS field"');
    const table = sources.lookup(use.table);
    if (table === null) throw new Error(sources.absence(use.table));
    const columns = [...use.inputs, ...use.outputs].map(({ column }) => column);
    const missing = columns.find((column) => !table.columns.includes(column));
    if (missing !== undefined) throw new Error(`lookup "${use.table}" has no column "${missing}"`);
    steps.push(lookupStep(name, origin, use, table));
  });
  if (sources.eventTypes.length > 0)
    steps.push(eventTypeStep(sources.eventTypes, sources.tags, known, language));
  if (sources.tags.byField.size > 0) steps.push(tagStep(sources.tags));
  if (modeOf(settings) === 'winevent') steps.push(memberStep);
  return steps;
}

const modeOf = (settings: ReadonlyMap<string, EffectiveSetting>): string =>
  (settings.get('KV_MODE')?.value ?? 'auto').toLowerCase();

function keyValueSteps(settings: ReadonlyMap<string, EffectiveSetting>, sources: StepSources): Step[] {
  const setting = settings.get('KV_MODE');
  const mode = modeOf(settings);
  const origin = setting === undefined ? 'default' : originOf(setting);
  const trim = confBoolean(settings.get('KV_TRIM_SPACES')?.value, true);
  switch (mode) {
    case 'none':
    // The events are the lines of a table by then (`table-events.ts`), with their columns as fields.
    case 'multi':
      return [];
    case 'json':
      return [rawStep('KV_MODE=json', origin, (wanted) => jsonReader(wanted), ['json'])];
    case 'xml':
      return [rawStep('KV_MODE=xml', origin, (wanted) => xmlReader(wanted), ['xml'])];
    case 'winevent':
      return [
        rawStep(
          'KV_MODE=winevent',
          origin,
          (wanted) => windowsEventReader(wanted),
          ['xml', 'json'],
          foreignReader,
        ),
      ];
    case 'winevent_as_written':
      return [
        rawStep(`KV_MODE=${mode}`, origin, (wanted) => windowsEventReader(wanted, 'as written'), ['json']),
      ];
    case 'auto':
    case 'auto_escaped': {
      const json = confBoolean(settings.get('AUTO_KV_JSON')?.value, true);
      return [
        rawStep(
          `KV_MODE=${mode}`,
          origin,
          (wanted) => {
            const pairs = keyValueReader(wanted, { escapes: mode === 'auto_escaped', trim });
            if (!json) return pairs;
            const tree = jsonReader(wanted);
            return (text, row) => {
              if (!isWholeJson(text) || !tree(text, row)) pairs(text, row);
            };
          },
          ['json'],
        ),
      ];
    }
    default:
      if (setting !== undefined)
        sources.report(unreadable('KV_MODE', setting, new Error(`"${setting.value}" is not applied here`)));
      return [];
  }
}

/** Whether a text looks like one JSON object or array; what does not close is left to the pairs. */
function isWholeJson(text: string): boolean {
  return /^\s*(?:\{[\s\S]*\}|\[[\s\S]*\])\s*$/.test(text);
}

function rawStep(
  name: string,
  origin: string,
  make: (wanted: Wanted) => (text: string, row: Row) => unknown,
  escapes: readonly Escapes[],
  foreign?: (wanted: Wanted) => (event: RawEvent, row: Row) => boolean,
): Step {
  return {
    name,
    origin,
    sources: (field) => ({ fields: [field], escapes }),
    plan: (wanted) => {
      if (wanted !== 'all' && wanted.size === 0) return null;
      const read = make(wanted);
      const readRecord = foreign?.(wanted);
      return {
        needs: wanted,
        apply: (row, event) => {
          if (event.record === undefined || readRecord?.(event, row) !== true) read(event.raw, row);
        },
      };
    },
  };
}

function originOf(setting: EffectiveSetting): string {
  return `[${setting.stanza}] ${setting.file}:${setting.line}`;
}

function unreadable(name: string, setting: EffectiveSetting, error: unknown): Diagnostic {
  return {
    severity: 'warning',
    code: 'knowledge-setting',
    message: `${name} of [${setting.stanza}] is left out: ${error instanceof Error ? error.message : String(error)}`,
    file: setting.file,
    line: setting.line,
    column: 1,
    endLine: setting.line,
    endColumn: 1,
  };
}
