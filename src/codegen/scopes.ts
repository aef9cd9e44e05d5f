// Where expressions and search conditions find what they read: fields of the row at hand, subsearches, times, parameters.

import type { Span } from '../diagnostic/diagnostic.js';
import type { Operator, Subsearches } from '../plan/operator.js';
import { boundTime, noTime, unsupportedModifier } from '../runtime/time-range.js';
import type { Pipeline } from '../syntax/tree.js';
import type { Scope } from './code.js';
import type { Generator } from './generator.js';
import { quote } from './quote.js';
import { holdsParameter } from './scan-hints.js';
import { type SearchScope, searchCondition } from './search.js';
import type { Shape } from './shape.js';

/** Where expressions over the row at hand find their fields. */
export function expressionScope(g: Generator, shape: Shape, subsearches: Subsearches = new Map()): Scope {
  const { writer } = g;
  return {
    read: (name) => shape.read(writer, name),
    row: () => wholeRow(g, shape),
    ...(g.parameters
      ? {
          token: (text) => ({ code: filled(g, text), type: 'any', nullable: true }),
          tokenText: (text) => filled(g, text),
        }
      : {}),
    searchMatch: (text) => {
      const expression = g.options.parseSearchExpression(text);
      return searchCondition(expression, searchScope(g, shape, { subsearches }), writer);
    },
    subsearch: ({ pipeline }) => {
      const plan = planned(subsearches, pipeline);
      return ranBefore(g, 'subsearchValue', plan, (rows) => `${writer.use('subsearchValue')}(${rows})`);
    },
    subsearchCondition: ({ pipeline }) => {
      const plan = planned(subsearches, pipeline);
      const test = ranBefore(
        g,
        'subsearch',
        plan,
        (rows) => `${writer.use('subsearchTest')}(run, ${rows}, true)`,
      );
      return `${test}(${wholeRow(g, shape)})`;
    },
  };
}

/** The same for search conditions. */
export function searchScope(
  g: Generator,
  shape: Shape,
  predicate: { readonly subsearches: Subsearches },
): SearchScope {
  const { writer } = g;
  return {
    read: (name) => shape.read(writer, name),
    row: () => wholeRow(g, shape),
    text: () => {
      if (shape.base !== null) {
        shape.base.asked.text = true;
        return `${writer.use('rowText')}(${shape.base.variable})`;
      }
      return `${writer.use('joinText')}([${[...shape.overlay.keys()].map((name) => shape.read(writer, name)).join(', ')}])`;
    },
    subsearch: (pipeline) => {
      const plan = planned(predicate.subsearches, pipeline);
      return ranBefore(g, 'subsearch', plan, (rows) => `${writer.use('subsearchTest')}(run, ${rows})`);
    },
    subsearchValue: (pipeline, operator) => {
      const plan = planned(predicate.subsearches, pipeline);
      return ranBefore(
        g,
        'subsearch',
        plan,
        (rows) => `${writer.use('subsearchValueTest')}(${quote(operator)}, ${rows})`,
      );
    },
    bound: (modifier, value, span) => boundName(g, modifier, value, span),
    ...(g.parameters
      ? { parameter: (text: string) => (holdsParameter(text) ? filled(g, text) : undefined) }
      : {}),
    report: (diagnostic) => g.diagnostics.push(diagnostic),
  };
}

const wholeRow = (g: Generator, shape: Shape): string => shape.materialise(g.writer, 'all', false).variable;

/** Code of a text with the fields of a parameter row filled in. */
const filled = (g: Generator, text: string): string =>
  `${g.writer.use('fillParameters')}(${quote(text)}, run)`;

function planned(subsearches: Subsearches, pipeline: Pipeline): Operator {
  const plan = subsearches.get(pipeline);
  if (plan === undefined) throw new Error('a subsearch was not planned');
  return plan;
}

/** Name of a constant made of the rows of a search that runs before the rows at hand are read. */
function ranBefore(g: Generator, prefix: string, plan: Operator, make: (rows: string) => string): string {
  const name = g.writer.fresh(prefix);
  g.prologue.push(`const ${name} = ${make(`await ${g.search(plan)}(run, events)`)};`);
  return name;
}

/** Name of a constant that holds a bound of time; reports a text that is none. */
export function boundName(g: Generator, modifier: string, value: string, span: Span): string {
  const { writer } = g;
  const name = writer.fresh('bound');
  // One bound may be written at several places of a module.
  if (!g.diagnostics.some((diagnostic) => diagnostic.span === span)) reportBound(g, modifier, value, span);
  const text = g.parameters && holdsParameter(value) ? filled(g, value) : quote(value);
  g.prologue.push(`const ${name} = ${writer.use('timeBound')}(run, ${quote(modifier)}, ${text});`);
  return name;
}

function reportBound(g: Generator, modifier: string, value: string, span: Span): void {
  const unsupported = unsupportedModifier(modifier);
  const help = 'write a time such as -24h@h, 1700000000 or 11/14/2023:22:13:20';
  if (unsupported !== undefined)
    g.diagnostics.push({
      severity: 'error',
      code: 'unsupported',
      message: unsupported,
      span,
      help: modifier === 'timeformat' ? help : 'write earliest and latest',
    });
  // Whether a text is a time depends on neither clock nor zone, only on tokens that are filled in elsewhere.
  else if (!value.includes('$') && boundTime(modifier, value, 0, 'UTC') === null)
    g.diagnostics.push({
      severity: 'error',
      code: 'invalid-argument',
      message: noTime(modifier, value),
      span,
      help,
    });
}
