// Risk objects, messages, throttling and drilldowns name fields of the results.
import type { Detection, Path } from '../content/model.js';
import type { Place } from '../diagnostic/diagnostic.js';
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { type FieldSet, mayHave } from '../syntax/field-set.js';
import { base, edit } from './example.js';
import { givenFields } from './given-fields.js';
import { defineRule } from './rule.js';
import { standsOnce } from './word-index.js';

export const outputField = defineRule({
  code: 'output-field',
  severity: 'warning',
  summary:
    'Risk and threat objects, messages, throttling and drilldowns name fields that the search puts out.',
  source: 'Enterprise Security: risk and findings are made from the results of the search',
  docs:
    'That the name occurs somewhere in the search is not enough: what stats or table drop is gone from the results. ' +
    'Add the field to the last `by` clause, or name one that is there.',
  examples: {
    pass: [{ title: 'fields of the results', files: {} }],
    fail: [
      {
        title: 'a field of the notable of the detection itself',
        files: {
          [base.rba]: edit(
            '\ntags:',
            `
deployment:
  scheduling: {cron_schedule: 0 * * * *, earliest_time: -70m@m, latest_time: -10m@m, schedule_window: auto}
  alert_action:
    notable: {rule_description: '%description%', rule_title: '%name%', nes_fields: [user, parent_process]}
    rba: {enabled: true}
tags:`,
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:43:91: field of the notable "parent_process" is not among the fields that the search puts out',
        ],
      },
      {
        title: 'a risk object that stats drops',
        files: { [base.rba]: edit('- field: user\n', '- field: vendor\n') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:34:12: risk field "vendor" is not among the fields that the search puts out',
        ],
      },
    ],
  },
  isByFacts: true,
  search({ analysis, owner, path }, report, context) {
    if (owner.kind !== 'detection' || path[0] !== 'search' || analysis.diagnostics.length > 0) return;
    const { output } = analysis;
    if (!output.closed || fitting.get(owner) === output) return;
    let fits = true;
    const isBinding = owner.status === 'production' && owner.dialect !== '2022';
    let written: string | undefined;
    for (const { name, place, what, isJudgedHere } of namesOf(owner)) {
      // Names that do not occur at all are judged by risk-field, throttling-field and drilldown-token.
      if (name === '' || mayHave(output, name) || givenFields.test(name)) continue;
      written ??= owner.search.toLowerCase();
      if (isJudgedHere !== true && !written.includes(name.toLowerCase())) continue;
      fits = false;
      const meant = nearest(name, output.known);
      const isAlone = !context.isNamedElsewhere(name) && standsOnce(context.text(owner.file), name);
      report(place(), `${what} "${name}" is not among the fields that the search puts out`, {
        help: meant === undefined ? undefined : `did you mean "${meant}"?`,
        severity: isBinding && (isSlip(name, meant) || isAlone) ? 'error' : 'warning',
      });
    }
    if (fits) fitting.set(owner, output);
  },
});

/** Fields in which a detection has found all of its names: while a macro is edited, they are mostly the same. */
const fitting = new WeakMap<Detection, FieldSet>();

/** The names that detections have. */
const named = new WeakMap<Detection, readonly NamedField[]>();

function namesOf(detection: Detection): readonly NamedField[] {
  let names = named.get(detection);
  if (names === undefined) {
    names = [...namedFields(detection)];
    named.set(detection, names);
  }
  return names;
}

interface NamedField {
  readonly name: string;
  /** Asked only for what is reported, for places take a second look at the file. */
  readonly place: () => Place;
  readonly what: string;
  /** No other rule looks at it when the search does not name it at all. */
  readonly isJudgedHere?: boolean;
}

function* namedFields(detection: Detection): Iterable<NamedField> {
  const { at, risk, finding, drilldowns, tags } = detection;
  // What production must name in its search is told by risk-field there.
  const isJudgedHere = detection.status !== 'production' && detection.status !== 'deprecated';
  for (const [index, { field: name }] of (risk?.riskObjects ?? []).entries())
    yield {
      name,
      place: () => at.value(['risk', 'riskObjects', index, 'field']),
      what: 'risk field',
      isJudgedHere,
    };
  for (const [index, { field: name }] of (risk?.threatObjects ?? []).entries())
    yield {
      name,
      place: () => at.value(['risk', 'threatObjects', index, 'field']),
      what: 'threat field',
      isJudgedHere,
    };
  for (const [index, name] of (tags.throttling?.fields ?? []).entries())
    yield { name, place: () => at.value(['tags', 'throttling', 'fields', index]), what: 'throttling field' };
  // Only of the detection's own deployment: the fields of one that serves many need not be in each of them.
  const { deployment } = detection;
  for (const [index, name] of (deployment?.alertAction.notable?.nesFields ?? []).entries()) {
    const path = ['alertAction', 'notable', 'nesFields', index];
    const place = () => deployment?.at.value(path) ?? at.value([]);
    yield { name, place, what: 'field of the notable', isJudgedHere: true };
  }
  if (risk?.message !== undefined)
    for (const token of tokens(detection, ['risk', 'message'], risk.message, 'field of the message'))
      yield { ...token, isJudgedHere };
  if (finding !== undefined)
    yield* tokens(detection, ['finding', 'title'], finding.title, 'field of the title');
  for (const [index, { message }] of detection.intermediateFindings.entries())
    if (message !== undefined)
      yield* tokens(detection, ['intermediateFindings', index, 'message'], message, 'field of the message');
  for (const [index, drilldown] of drilldowns.entries())
    for (const key of ['name', 'search'] as const)
      yield* tokens(detection, ['drilldowns', index, key], drilldown[key], 'field of the drilldown');
}

function* tokens({ at }: Detection, path: Path, text: string, what: string): Iterable<NamedField> {
  for (const match of text.matchAll(/\$([A-Za-z_][\w.]*)(?:\|[a-z]+)?\$/g)) {
    const span = { start: match.index, end: match.index + match[0].length };
    yield { name: match[1] ?? '', place: () => at.span(path, span), what };
  }
}
