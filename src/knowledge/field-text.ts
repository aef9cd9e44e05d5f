// Which fields' values stand in the text of their events, so that they can be looked for there before any is extracted.
import { confBoolean } from '../conf/read.js';
import type { Escapes, Origin } from '../runtime/raw-event.js';
import type { Scalar } from '../runtime/value.js';
import type { CompiledExpression, KnowledgeLanguage } from './language.js';
import type { Stanzas } from './layers.js';
import type { EffectiveSetting } from './stanzas.js';
import type { Step } from './step.js';

/** Of a field whose values are parts of the event's text: what else it may hold, and how the text may write them. */
export interface FieldText {
  readonly values: readonly Scalar[];
  /** The fields that its values may be from; null where they may be any stretch of the text. */
  readonly fields: ReadonlySet<string> | null;
  readonly escapes: ReadonlySet<Escapes>;
}

/** What makes the fields of one kind of event. */
export interface KindOfEvent {
  readonly steps: readonly Step[];
  /** False where it is not known which of the steps there are, and which come first. */
  readonly isOrdered: boolean;
}

/** What index-time settings may change of events. */
export interface IndexTimeChanges {
  readonly text: boolean;
  readonly fields: boolean;
  readonly sourcetype: boolean;
  readonly stream: boolean;
}

type Settings = ReadonlyMap<string, EffectiveSetting>;

/** Tells what the settings of some streams may change when events are indexed. */
export function indexTimeChanges(all: readonly Settings[], transforms: Stanzas): IndexTimeChanges {
  const changes = { text: false, fields: false, sourcetype: false, stream: false };
  for (const settings of all)
    for (const [key, { value }] of settings) {
      if (key.startsWith('SEDCMD-')) changes.text = true;
      if (!key.startsWith('TRANSFORMS-')) continue;
      for (const name of value.split(',')) {
        const get = (setting: string): string | undefined => transforms.get(name.trim())?.get(setting)?.value;
        const destination = get('DEST_KEY') ?? '';
        if ((get('INGEST_EVAL') ?? '') !== '') {
          changes.text = true;
          changes.fields = true;
          changes.sourcetype = true;
          changes.stream = true;
        } else if (destination === '_raw') changes.text = true;
        else if (destination === 'MetaData:Sourcetype') changes.sourcetype = true;
        else if (destination === '_meta' || confBoolean(get('WRITE_META'), false)) changes.fields = true;
        else if (destination !== '' && destination !== 'queue') changes.stream = true;
      }
    }
  return changes;
}

/** A language whose expressions are read when one is asked about; one that cannot be read tells nothing. */
export function lazyExpressions(language: KnowledgeLanguage): KnowledgeLanguage {
  return {
    ...language,
    expression(text) {
      let compiled: CompiledExpression | undefined;
      const own = (): CompiledExpression => {
        compiled ??= language.expression(text);
        return compiled;
      };
      return {
        get reads() {
          return own().reads;
        },
        evaluate: (row) => own().evaluate(row),
        get sources() {
          try {
            return own().sources;
          } catch {
            return null;
          }
        },
      };
    },
  };
}

/** Fields that are made of what all others say. */
const CONCLUSIONS = /^(?:eventtype|tag|tag::.*)$/;

/**
 * Follows a field back through the steps of every kind of event that there may be.
 *
 * @returns null where some step computes or looks up what the field holds, or where it tells where the event is from
 */
export function fieldText(
  kinds: readonly KindOfEvent[],
  origin: Omit<Origin, 'sourcetypes'>,
  field: string,
): FieldText | null {
  if (CONCLUSIONS.test(field)) return null;
  const values: Scalar[] = [];
  const escapes = new Set<Escapes>();
  const all = new Set<string>([field]);
  let cuts = false;
  for (const { steps, isOrdered } of kinds) {
    let fields: ReadonlySet<string> = new Set([field]);
    for (let i = steps.length - 1; i >= 0; i--) {
      // A set grows while it is looked through, and what is added is looked at, too.
      const before = new Set<string>(isOrdered ? [] : fields);
      for (const name of isOrdered ? fields : before) {
        const sources = (steps[i] as Step).sources(name);
        if (sources === null) return null;
        for (const source of sources.fields) {
          before.add(source);
          all.add(source);
        }
        cuts ||= sources.cuts === true;
        for (const kind of sources.escapes ?? []) escapes.add(kind);
        values.push(...(sources.values ?? []));
      }
      // Where another step may come first, a field that is found is followed through all of them.
      if (!isOrdered && before.size > fields.size) i = steps.length;
      fields = before;
    }
    // What is left is what the file itself says: the text, its columns, and where it comes from.
    for (const name of fields) {
      if (name === '_raw') continue;
      if (name === 'source' || name === 'host' || name === 'index') {
        const known = origin[name];
        if (known === undefined) return null;
        values.push(known);
      } else if (name === 'sourcetype' || name.startsWith('_') || CONCLUSIONS.test(name)) return null;
    }
  }
  return { values, escapes, fields: cuts ? null : all };
}
