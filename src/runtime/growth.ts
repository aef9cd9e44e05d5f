// How large a value may grow: a search that multiplies texts or values ends with a sentence, not with the process.

/** Thrown when a search makes more than can be worked with. The message is a sentence that can be shown. */
export class LimitError extends Error {}

/** Characters of a text. */
const longestText = 2 ** 26;
/** Values of a multivalue field. */
const mostValues = 10_000_000;

/** Gives back a text that was joined or replaced. @throws LimitError where it is too long */
export function grownText(text: string): string {
  if (text.length > longestText)
    throw new LimitError(
      `a text grows beyond ${digits(longestText)} characters, the most that is worked with`,
    );
  return text;
}

/** Gives back a list of values. @throws LimitError where it is too long */
export function grownValues<T>(values: T[]): T[] {
  if (values.length > mostValues)
    throw new LimitError(
      `a field is given more than ${digits(mostValues)} values, the most that are worked with`,
    );
  return values;
}

/** Says that a command makes more rows or values than it may. */
export const tooMany = (what: string, most: number, things: string): LimitError =>
  new LimitError(`${what} would make more than ${digits(most)} ${things}, the most that are worked with`);

/** A number with a comma before every three digits. */
export const digits = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** Sentences for the errors by which JavaScript itself says that something is too large, by their messages in V8. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Invalid string length/, 'a text grows beyond what can be held'],
  [/^Invalid (?:typed )?array length|^Array buffer allocation/, 'a list grows beyond what can be held'],
  [/^(?:Map|Set) maximum size exceeded/, 'there are more different values than can be held'],
  [/^Maximum call stack size exceeded/, 'something is nested too deeply, or has too many parts'],
];

/** An error of JavaScript for what is too large as a LimitError; a LimitError as it is; undefined for any other. */
export function limitError(error: unknown): LimitError | undefined {
  if (error instanceof LimitError) return error;
  if (!(error instanceof RangeError)) return undefined;
  const found = sentences.find(([message]) => message.test(error.message));
  return found && new LimitError(found[1], { cause: error });
}
