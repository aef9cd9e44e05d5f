// The eval function mvrange.
import { tooMany } from '../runtime/growth.js';
import { fromValues, textOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { shiftTime, type TimeUnit, timeUnits } from '../runtime/time-modifier.js';
import type { FieldValue, Scalar } from '../runtime/value.js';
import { zoneOf } from '../runtime/zone.js';
import { defineFunction } from './function.js';

const mostValues = 1_000_000;

function readSpan(step: FieldValue): { amount: number; unit: TimeUnit } | null {
  const match = /^([+-]?\d+)?([a-z]+)$/i.exec((textOf(step) ?? '').trim());
  const unit = timeUnits.get((match?.[2] ?? '').toLowerCase());
  return match === null || unit === undefined ? null : { amount: Number(match[1] ?? 1), unit };
}

export const mvrange = defineFunction({
  name: 'mvrange',
  summary:
    'Gives the numbers from a start up to but not including an end, by a step that may be a time span such as 7d.',
  source: 'Multivalue eval functions',
  usage: 'mvrange(<start>,<end>,<step>)',
  parameters: { min: 2, max: 3 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, start, end, step) => {
    const from = toNumber(start);
    const to = toNumber(end);
    if (Number.isNaN(from) || Number.isNaN(to)) return null;
    const out: Scalar[] = [];
    const number = step === undefined ? 1 : toNumber(step);
    if (Number.isNaN(number)) {
      const span = readSpan(step as FieldValue);
      if (span === null || span.amount <= 0) return null;
      const zone = zoneOf(context.timezone);
      for (let i = 0; ; i++) {
        const time = shiftTime(from, span.amount * i, span.unit, zone);
        if (time >= to) break;
        if (out.length === mostValues) throw tooMany('mvrange', mostValues, 'values');
        out.push(time);
      }
      return fromValues(out);
    }
    if (number === 0) return null;
    for (let i = 0; ; i++) {
      const value = from + number * i;
      if (number > 0 ? value >= to : value <= to) break;
      if (out.length === mostValues) throw tooMany('mvrange', mostValues, 'values');
      out.push(value);
    }
    return fromValues(out);
  },
  pure: false,
  examples: [
    { expression: 'mvrange(1,6)', result: [1, 2, 3, 4, 5] },
    { title: 'a step', expression: 'mvrange(1,11,2)', result: [1, 3, 5, 7, 9] },
    {
      title: 'a time span',
      expression: 'mvrange(1524227561,1524600000,"2d")',
      result: [1524227561, 1524400361, 1524573161],
    },
    { title: 'nothing in between', expression: 'mvrange(3,3)', result: null },
  ],
});
