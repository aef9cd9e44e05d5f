// A progress line on a terminal: rewritten in place, gone when the work is done, absent where nobody watches.
import { visible } from '../testing/report/text.js';

export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const interval = 80;

/** Writes to stderr, and only when it is a terminal, so that output that is piped stays clean. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (stream.isTTY !== true || process.env['CI']) return { show() {}, clear() {} };
  let last = 0;
  let shown = false;
  return {
    show(text) {
      const now = Date.now();
      if (now - last < interval) return;
      last = now;
      shown = true;
      stream.write(`\r\u001b[2K${visible(text).slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[2K');
      shown = false;
    },
  };
}
