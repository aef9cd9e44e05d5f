// The eval function ipmask.
import { parseIpv4 } from '../runtime/ip.js';
import { mapText, textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

function mask(address: number, by: number): string {
  const octets: number[] = [];
  for (const shift of [24, 16, 8, 0]) octets.push((address >>> shift) & (by >>> shift) & 255);
  return octets.join('.');
}

export const ipmask = defineFunction({
  name: 'ipmask',
  summary: 'Applies a mask to an IPv4 address.',
  source: 'Conversion functions',
  usage: 'ipmask(<mask>,<ip>)',
  parameters: { min: 2, max: 2 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, by, ip) => {
    const bits = parseIpv4(textOf(by) ?? '');
    if (Number.isNaN(bits)) return null;
    return mapText(ip ?? null, (text) => {
      const address = parseIpv4(text);
      return Number.isNaN(address) ? null : mask(address, bits);
    });
  },
  pure: true,
  examples: [
    { expression: 'ipmask("255.255.255.0", "10.20.30.120")', result: '10.20.30.0' },
    { expression: 'ipmask("0.255.0.224", "10.20.30.120")', result: '0.20.0.96' },
    { title: 'no address', expression: 'ipmask("255.255.255.0", "host")', result: null },
  ],
});
