// Durations: seconds to and from texts such as `1+02:03:04`.

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/**
 * Seconds as `[D+]HH:MM:SS` (Conversion functions, tostring); a fraction keeps the decimals it has, at most six:
 * `03:25:04.406` (delta, the extended examples).
 */
export function formatDuration(seconds: number): string {
  const micros = Math.round(Math.abs(seconds) * 1e6);
  const whole = Math.floor(micros / 1e6);
  const fraction = micros % 1e6;
  const days = Math.floor(whole / 86400);
  const clock = `${pad(Math.floor(whole / 3600) % 24)}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  return `${seconds < 0 ? '-' : ''}${days > 0 ? `${days}+` : ''}${clock}${tail}`;
}

/** Reads `[D+]HH:MM[:SS[.fraction]]` as seconds, or NaN (convert, dur2sec). */
export function parseDuration(text: string): number {
  const match = /^\s*(?:(\d+)\+)?(\d{1,9}):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?\s*$/.exec(text);
  if (match === null) return Number.NaN;
  const days = Number(match[1] ?? 0);
  return days * 86400 + Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
}

/** Reads `[MM:]SS.SSS` as seconds, or NaN; a UNIX time is seconds (convert, mstime, and extended example 2). */
export function parseMinuteTime(text: string): number {
  const match = /^\s*(?:(\d+):)?(\d+(?:\.\d+)?)\s*$/.exec(text);
  return match === null ? Number.NaN : Number(match[1] ?? 0) * 60 + Number(match[2]);
}
