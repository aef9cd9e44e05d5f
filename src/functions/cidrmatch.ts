// The eval function cidrmatch.
import { compileCidr } from '../runtime/ip.js';
import { anyText, textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

export const cidrmatch = defineFunction({
  name: 'cidrmatch',
  summary: 'Whether an IP address, version 4 or 6, is in a subnet.',
  source: 'Comparison and Conditional functions',
  usage: 'cidrmatch(<cidr>,<ip>)',
  parameters: { min: 2, max: 2 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, cidr, ip) => {
    const text = textOf(cidr);
    if (text === null || ip === null || ip === undefined) return null;
    const test = compileCidr(text);
    return test !== null && anyText(ip, test);
  },
  prepare: (shapes) => {
    const text = constantText(shapes[0]);
    const test = text === undefined ? null : compileCidr(text);
    if (test === null) return undefined;
    return (_context, _cidr, ip) => (typeof ip === 'string' ? test(ip) : anyText(ip, test));
  },
  check: (shapes) => {
    const text = constantText(shapes[0]);
    if (text === undefined || compileCidr(text) !== null) return null;
    return {
      code: 'invalid-argument',
      argument: 0,
      message: `"${text}" is no subnet in CIDR notation`,
      severity: 'warning',
    };
  },
  pure: true,
  examples: [
    { expression: 'cidrmatch("123.132.32.0/25", ip)', fields: { ip: '123.132.32.127' }, result: true },
    { expression: 'cidrmatch("123.132.32.0/25", ip)', fields: { ip: '123.132.32.128' }, result: false },
    {
      title: 'IPv6',
      expression: 'cidrmatch("2001:db8::/32", ip)',
      fields: { ip: '2001:0db8:ffff::1' },
      result: true,
    },
    {
      title: 'no address',
      expression: 'cidrmatch("10.0.0.0/8", ip)',
      fields: { ip: 'host.example' },
      result: false,
    },
  ],
});
