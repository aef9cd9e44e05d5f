// Checks of what a search calls: eval functions and aggregates that exist, with as many arguments as they take.

import type { Span, SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { checkPlacement } from './check-placement.js';
import { checkTypes } from './check-types.js';
import { commonFunctions } from './common-names.js';
import { isUncertain, wildcardsIn } from './field-set.js';
import type { ArgumentShape, FunctionSyntax, ReturnType, SyntaxLanguage } from './language.js';
import {
  type Aggregation,
  type Expression,
  type FieldName,
  ownReading,
  type Pipeline,
  readingOf,
  syntaxOf,
} from './tree.js';
import { walkPipeline } from './walk.js';

type Add = (diagnostic: SpanDiagnostic) => void;

/** Reports unknown functions and aggregates, and wrong numbers of arguments, in a pipeline and its subsearches. */
export function checkCalls(pipeline: Pipeline, language: SyntaxLanguage, report: Add): void {
  // `eval(round(avg(x), 2))` as a whole item of timechart: an expression over aggregates.
  const overAggregates = new Set<Expression>();
  let faults = 0;
  const add: Add = (diagnostic) => {
    faults++;
    report(diagnostic);
  };
  walkPipeline(pipeline, {
    pipeline(tree, owner) {
      checkPlacement(tree, owner, language, add);
    },
    command(command) {
      if (command.arguments === undefined) return;
      // What was found out about the same text elsewhere holds here; where it stands is looked at above.
      if (command[readingOf]?.isSound === true) return false;
      command[syntaxOf]?.check?.(command.arguments, { language, command, report: add });
    },
    aggregation(aggregation, command) {
      const { argument } = aggregation;
      if (aggregation.function === 'eval' && argument !== undefined && 'text' in argument) {
        collectCalls(argument.expression, overAggregates);
        // Search Reference, "chart" and "timechart": the only ones that take an eval expression over aggregates.
        if (!/^(?:si)?(?:time)?chart$/i.test(command.name))
          add(
            fault(
              'syntax',
              `"${command.name}" takes no expression over aggregates`,
              aggregation.functionSpan,
              'name the aggregates and compute with them in an eval behind it',
            ),
          );
      }
      checkAggregation(aggregation, language, add);
    },
    expression(expression) {
      checkTypes(expression, language, add);
      if (expression.kind !== 'call') return;
      if (overAggregates.has(expression) && language.aggregates.has(expression.name.toLowerCase())) return;
      checkCall(expression, language, add);
    },
  });
  if (faults > 0) return;
  for (const { [readingOf]: reading } of pipeline.commands) if (reading !== ownReading) reading?.markSound();
}

function collectCalls(expression: Expression, calls: Set<Expression>): void {
  switch (expression.kind) {
    case 'call':
      calls.add(expression);
      for (const argument of expression.arguments) collectCalls(argument, calls);
      break;
    case 'binary':
      collectCalls(expression.left, calls);
      collectCalls(expression.right, calls);
      break;
    case 'unary':
      collectCalls(expression.operand, calls);
      break;
    default:
  }
}

function fault(code: string, message: string, span: Span, help?: string): SpanDiagnostic {
  return { severity: 'error', code, message, span, ...(help === undefined ? {} : { help }) };
}

/** mvfilter takes a condition on one field (Multivalue eval functions, mvfilter). */
function checkOneField(call: Extract<Expression, { kind: 'call' }>, add: Add): void {
  const names = new Set<string>();
  const collect = (expression: Expression): void => {
    switch (expression.kind) {
      case 'field':
        names.add(expression.name);
        break;
      case 'binary':
        collect(expression.left);
        collect(expression.right);
        break;
      case 'unary':
        collect(expression.operand);
        break;
      case 'in':
        for (const item of [expression.operand, ...expression.values]) collect(item);
        break;
      case 'call':
        expression.arguments.forEach(collect);
        break;
      default:
    }
  };
  call.arguments.forEach(collect);
  // a bare true or false is meant as the literal
  for (const word of ['true', 'false']) names.delete(word);
  if (names.size > 1)
    add(
      fault(
        'invalid-argument',
        `"${call.name}" takes a condition on one field, found ${[...names].map((name) => `"${name}"`).join(', ')}`,
        call.span,
        'write mvmap(<field>, if(<condition>, <field>, null()))',
      ),
    );
}

function checkCall(call: Extract<Expression, { kind: 'call' }>, language: SyntaxLanguage, add: Add): void {
  const name = call.name.toLowerCase();
  if (name.includes('$') || language.functions.size === 0) return;
  const known = language.functions.get(name);
  if (known === undefined) {
    const help = language.aggregates.has(name)
      ? `"${call.name}" is an aggregate: it belongs into stats and its relatives`
      : didYouMean(call.name, language.functions.keys(), commonFunctions);
    add(fault('unknown-function', `unknown function "${call.name}"`, call.nameSpan, help));
    return;
  }
  // A macro that is not expanded may stand for several arguments.
  if (call.arguments.some((argument) => argument.kind === 'macro')) return;
  if (name === 'mvfilter') checkOneField(call, add);
  const wrong = wrongCount(known, call.arguments.length);
  if (wrong === undefined) {
    checkConstants(call, known, language, add);
    return;
  }
  // The first argument too many is the place to look at; with too few it is the call.
  const extra = call.arguments[known.parameters.max];
  const span = extra === undefined ? call.nameSpan : { start: extra.span.start, end: call.span.end - 1 };
  add(fault('argument-count', `function "${call.name}" ${wrong}`, span));
}

/** Asks the function itself about its constant arguments. */
function checkConstants(
  call: Extract<Expression, { kind: 'call' }>,
  known: FunctionSyntax,
  language: SyntaxLanguage,
  add: Add,
): void {
  if (known.check === undefined || !call.arguments.some(({ kind }) => kind === 'string' || kind === 'number'))
    return;
  // Texts with tokens are not final.
  if (call.arguments.some((argument) => argument.kind === 'string' && isUncertain(argument.value))) return;
  const found = known.check(call.arguments.map((argument) => shapeOf(argument, language)));
  const span = found === null ? undefined : call.arguments[found.argument]?.span;
  if (found === null) return;
  add({
    ...fault(found.code, found.message, span ?? call.span, found.help),
    severity: found.severity ?? 'error',
  });
}

function shapeOf(expression: Expression, language: SyntaxLanguage): ArgumentShape {
  switch (expression.kind) {
    case 'string':
    case 'number':
      return { kind: 'constant', value: expression.value };
    case 'field':
      return { kind: 'field', name: expression.name };
    default:
      return { kind: 'expression', returns: returnType(expression, language) };
  }
}

/** What an expression's operator or function gives, as far as it is known. */
export function returnType(expression: Expression, language: SyntaxLanguage): ReturnType {
  switch (expression.kind) {
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    case 'in':
      return 'boolean';
    case 'call':
      return language.functions.get(expression.name.toLowerCase())?.returns ?? 'any';
    case 'unary':
      return expression.operator === 'NOT' ? 'boolean' : 'number';
    case 'binary':
      switch (expression.operator) {
        case '+':
          return 'any';
        case '-':
        case '*':
        case '/':
        case '%':
          return 'number';
        case '.':
          return 'string';
        default:
          return 'boolean';
      }
    default:
      return 'any';
  }
}

/** What is wrong with a number of arguments, in words, or undefined. */
function wrongCount(known: FunctionSyntax, count: number): string | undefined {
  const { min, max, pairs } = known.parameters;
  if (count >= min && count <= max) {
    if (!pairs || count % 2 === 0) return undefined;
    return `takes pairs of arguments, found ${count}`;
  }
  const plural = (n: number): string => `${n} argument${n === 1 ? '' : 's'}`;
  if (min === max) return `takes ${min === 0 ? 'no arguments' : plural(min)}, found ${count}`;
  if (max === Number.POSITIVE_INFINITY) return `takes at least ${plural(min)}, found ${count}`;
  return `takes ${min} to ${plural(max)}, found ${count}`;
}

function checkAggregation(aggregation: Aggregation, language: SyntaxLanguage, add: Add): void {
  const { written, functionSpan, argument } = aggregation;
  if (aggregation.macro !== undefined || language.aggregates.size === 0) return;
  if (aggregation.function === 'eval' || written.includes('$')) return;
  const known = language.aggregates.get(aggregation.function);
  if (known === undefined) {
    const { min } = language.functions.get(written.toLowerCase())?.parameters ?? {
      min: Number.POSITIVE_INFINITY,
    };
    // An aggregate takes one argument at most: what takes more as an eval function is misspelled.
    const help =
      min < 2
        ? `"${written}" is an eval function: write it inside eval(…)`
        : didYouMean(written, language.aggregates.keys(), commonFunctions);
    add(fault('unknown-function', `unknown aggregate "${written}"`, functionSpan, help));
    return;
  }
  if (known.argument === 'required' && argument === undefined && aggregation.sparkline === undefined)
    add(fault('argument-count', `aggregate "${written}" needs a field`, functionSpan));
  checkWildcards(aggregation, add);
  const { parameter } = aggregation;
  if (parameter === undefined && known.parameter !== undefined && known.parameter.default === undefined)
    add(
      fault(
        'argument-count',
        `"${written}" needs a number behind its name`,
        functionSpan,
        `write ${written}95(…)`,
      ),
    );
  if (parameter !== undefined && known.parameter !== undefined) {
    const { min, max } = known.parameter;
    if (parameter < min || parameter > max)
      add(
        fault(
          'argument-count',
          `the number in "${written}" must lie between ${min} and ${max}`,
          functionSpan,
        ),
      );
  }
}

/** Splunk refuses another number of wildcards in the field than in its new name (stats, "Usage", wildcards). */
function checkWildcards({ argument, as, written }: Aggregation, add: Add): void {
  if (as === undefined || argument === undefined || !('quoted' in argument)) return;
  if (wildcardsIn(argument.name) === wildcardsIn(as.name)) return;
  if (isUncertain(argument.name) || isUncertain(as.name)) return;
  add(
    fault(
      'invalid-argument',
      `"${argument.name}" and the name "${as.name}" of its "${written}" must have the same number of wildcards`,
      as.span,
    ),
  );
}

/** Reports fields that chart splits by and aggregates too (Search Reference, timechart, "Split-by fields"). */
export function checkSplits(
  splits: readonly (FieldName | undefined)[],
  aggregations: readonly Aggregation[],
  report: Add,
): void {
  for (const { argument, written } of aggregations) {
    if (argument === undefined || !('quoted' in argument)) continue;
    if (!splits.some((split) => split?.name === argument.name)) continue;
    report(
      fault(
        'invalid-argument',
        `"${argument.name}" cannot both split the results and be the field of "${written}"`,
        argument.span,
        `write eval copy='${argument.name}' before it, and split by the copy`,
      ),
    );
  }
}

/** Reports the fields that a chart cannot split by any more. */
export function tooManySplits(
  splits: readonly FieldName[],
  most: number,
  command: string,
  report: Add,
): void {
  const extra = splits[most];
  if (extra === undefined) return;
  const span = { start: extra.span.start, end: splits.at(-1)!.span.end };
  report(fault('syntax', `"${command}" cannot split by "${extra.name}" too`, span));
}

/** Reports an aggregate over an eval expression that gives its output no name. Search Reference, "stats". */
export function needName(aggregation: Aggregation, report: Add): void {
  const { argument, as, written } = aggregation;
  if (as !== undefined || argument === undefined || !('text' in argument)) return;
  report(
    fault(
      'syntax',
      `"${written}" of an eval expression needs a name for its output`,
      aggregation.span,
      'write AS <field> behind it',
    ),
  );
}
