// Whether two objects of the model say the same, wherever in their files they say it.
import { wholeOf } from './late-members.js';
import type { Locator } from './model.js';

/** Whether a value tells places and is no content. */
export const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' && value !== null && 'span' in value && typeof value.span === 'function';

/** Values looked at before two objects are taken to differ: aliases can make small files into large trees. */
const mostValues = 100_000;

/** Whether two values of the model say the same; when that would take long to tell, they do not. */
export function isSameContent(a: unknown, b: unknown): boolean {
  let left = mostValues;
  const isSame = (first: unknown, second: unknown): boolean => {
    if (Object.is(first, second)) return true;
    if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null)
      return false;
    if (left-- <= 0) return false;
    if (isLocator(first) && isLocator(second)) return true;
    const [one, other] = [wholeOf(first), wholeOf(second)];
    if (!isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return false;
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key)))
    );
  };
  return isSame(a, b);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || prototype === Array.prototype;
}
