// The names that are read though nothing sets them, by a search and by what is made of its results.
import type { Detection } from '../content/model.js';
import type { SearchAnalysis } from '../syntax/analyse.js';
import { mayHave } from '../syntax/field-set.js';
import type { KeptField } from '../syntax/set-fields.js';
import type { Command } from '../syntax/tree.js';
import { givenFields } from './given-fields.js';
import { listing } from './missing-field.js';

export interface UnsetField {
  readonly name: string;
  /** Offset in the expanded text at which it is read; infinite when after the search. */
  readonly at: number;
  /** The search itself reads it where no result can have it. */
  readonly isMissing?: boolean;
  readonly droppedBy?: Pick<Command, 'name'> | undefined;
  readonly reader?: Pick<Command, 'name'>;
}

/** Names that are read though nothing sets them: by the search, and by what is made of its results. */
export function unsetFields(
  analysis: SearchAnalysis,
  detection: Detection | undefined,
): readonly UnsetField[] {
  const { risk, drilldowns = [], tags } = detection ?? {};
  const ofResults = [
    ...(risk?.riskObjects ?? []).map(({ field }) => field),
    ...(risk?.threatObjects ?? []).map(({ field }) => field),
    ...(tags?.throttling?.fields ?? []),
    ...[risk?.message ?? '', ...drilldowns.map(({ search }) => search)].flatMap((text) =>
      [...text.matchAll(/\$([A-Za-z_][\w.]*)(?:\|[a-z]+)?\$/g)].map((match) => match[1]!),
    ),
  ];
  return [
    ...analysis.missingFields
      .filter(({ asked }) => !asked)
      .map(({ name, span, droppedBy, command: reader }) => ({
        name,
        at: span.start,
        isMissing: true,
        droppedBy,
        reader,
      })),
    ...analysis.eventFields
      .filter(({ bareWord }) => !bareWord)
      .map(({ name, span }) => ({ name, at: span.start })),
    ...ofResults
      .filter((name) => !mayHave(analysis.output, name) && !givenFields.test(name))
      .map((name) => ({ name, at: Number.POSITIVE_INFINITY })),
  ];
}

/**
 * Of some names that nothing sets those that are read behind a command which drops them, keeping another field. That a
 * column is listed says little, for many are that never were, unless it is like the field that is kept.
 */
export function droppedBy(
  { by, after, end }: KeptField,
  unset: readonly UnsetField[],
  isAlike: (field: UnsetField) => boolean = () => false,
): readonly UnsetField[] {
  return unset.filter((field) => {
    const { name, at, reader, droppedBy: dropping, isMissing } = field;
    if (at < end) return false;
    if (isMissing !== true) return !mayHave(after, name);
    return dropping?.name === by && (isAlike(field) || !(reader !== undefined && listing.has(reader.name)));
  });
}
