// Time modifiers in a format of the search's own (Search Reference, search, time-opts).
import { strftime } from '../runtime/strftime.js';
import { strptime } from '../runtime/strptime.js';
import { utc } from '../runtime/zone.js';
import type { SearchExpression } from '../syntax/tree.js';

const absolute = new Set(['starttime', 'endtime', 'earliest', 'latest']);

/**
 * The search with the times that `timeformat` reads written in the format that all others have. A format that another
 * part of the search than one that must hold brings is left alone.
 */
export function inOneTimeFormat(expression: SearchExpression): SearchExpression {
  if (isFormat(expression)) return { kind: 'everything', span: expression.span };
  if (expression.kind !== 'and') return expression;
  const formats = expression.operands.filter(isFormat);
  const format = formats[0];
  if (formats.length !== 1 || format === undefined) return expression;
  const operands = expression.operands
    .filter((item) => item !== format)
    .map((item) => rewritten(item, format.value.text));
  return { ...expression, operands };
}

type TimeNode = SearchExpression & { kind: 'time' };

const isFormat = (item: SearchExpression): item is TimeNode =>
  item.kind === 'time' && item.modifier === 'timeformat';

function rewritten(item: SearchExpression, format: string): SearchExpression {
  if (item.kind !== 'time' || !absolute.has(item.modifier)) return item;
  const time = strptime(item.value.text, format, utc, 0);
  if (time === null) return item;
  // A format that names its zone gives an instant, any other a date and time of day in the zone of the search.
  const isInstant = /%(?:s|[:#]*z|Z)/.test(format);
  const text = isInstant ? String(time) : strftime(time, '%m/%d/%Y:%H:%M:%S', utc);
  if (text === null) return item;
  const modifier = isInstant && item.modifier.endsWith('time') ? `${item.modifier}u` : item.modifier;
  return { ...item, modifier, value: { ...item.value, text } };
}
