// The check of a command's regular expression.
import type { Span } from '../../diagnostic/diagnostic.js';
import { checkRegex } from '../../runtime/regex.js';
import { isUncertain } from '../../syntax/field-set.js';
import type { CheckContext } from '../../syntax/language.js';

/** Reports a regular expression that does not compile; whether it does. Tokens in it make it unknown, which is fine. */
export function checkPattern(text: string, span: Span, report: CheckContext['report']): boolean {
  if (isUncertain(text)) return true;
  const fault = checkRegex(text);
  if (fault === null) return true;
  const message = `the regular expression "${text}" is invalid: ${fault.message}`;
  report({ severity: 'error', code: 'invalid-regex', message, span });
  return false;
}
