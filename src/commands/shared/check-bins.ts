// The check of the number of bins that commands make.
import type { Span } from '../../diagnostic/diagnostic.js';
import type { CheckContext } from '../../syntax/language.js';

/** Reports a number of bins below 2, which Splunk refuses. Search Reference, bin, "bins". */
export function checkBins(
  bins: number | undefined,
  span: Span,
  command: string,
  report: CheckContext['report'],
): void {
  if (bins === undefined || bins >= 2) return;
  report({
    severity: 'error',
    code: 'invalid-argument',
    message: `"${command}" makes 2 bins or more, found bins=${bins}`,
    span,
  });
}
