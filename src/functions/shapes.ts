// What functions ask of the shapes of their arguments before the search runs.
import { formatScalar } from '../runtime/number.js';
import { checkRegex } from '../runtime/regex.js';
import type { ArgumentFault, ArgumentShape } from './function.js';

/** The text of a constant argument; undefined when it is not constant or not one value. */
export function constantText(shape: ArgumentShape | undefined): string | undefined {
  if (shape?.kind !== 'constant' || shape.value === null || typeof shape.value === 'object') return undefined;
  return formatScalar(shape.value);
}

/** The fault of a constant argument that is no valid regular expression. */
export function checkRegexArgument(shapes: readonly ArgumentShape[], argument: number): ArgumentFault | null {
  const text = constantText(shapes[argument]);
  if (text === undefined) return null;
  const fault = checkRegex(text);
  return fault === null
    ? null
    : {
        code: 'invalid-regex',
        argument,
        message: `the regular expression "${text}" is invalid: ${fault.message}`,
        offset: fault.offset,
      };
}

/** Whether text of this argument stands for a number where it reads as one: fields do, literals and text results don't. */
export function readsAsNumber(shape: ArgumentShape | undefined): boolean {
  if (shape === undefined || shape.kind === 'field') return true;
  if (shape.kind === 'constant') return typeof shape.value === 'number';
  return shape.returns !== 'string' && shape.returns !== 'boolean';
}

/**
 * The fault of text literals among arguments that must be numbers: only fields may hold numbers as text
 * (Mathematical functions, sum; Statistical eval functions, avg).
 */
export function checkNumbers(shapes: readonly ArgumentShape[]): ArgumentFault | null {
  const argument = shapes.findIndex((shape) => shape.kind === 'constant' && typeof shape.value === 'string');
  if (argument < 0) return null;
  const text = constantText(shapes[argument]) as string;
  return {
    code: 'invalid-argument',
    argument,
    message: `the text "${text}" is no number`,
    help: `write tonumber("${text}")`,
  };
}
