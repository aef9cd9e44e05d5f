// IPv4 and IPv6 addresses and networks in CIDR form.
import type { TextTest } from './pattern.js';

/** Whether text holds an address or a network in CIDR form, IPv4 or IPv6. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const bits = text.slice(slash + 1);
  const address = addressBits(text.slice(0, slash));
  return address !== null && /^\d{1,3}$/.test(bits) && Number(bits) <= address.bits;
}

/** Tests addresses for being in a network. Text that is no address is in none. */
export function cidr(network: string): TextTest {
  const slash = network.indexOf('/');
  const base = addressBits(slash < 0 ? network : network.slice(0, slash));
  if (base === null) return () => false;
  const length = slash < 0 ? base.bits : Number(network.slice(slash + 1));
  if (!(length >= 0 && length <= base.bits)) return () => false;
  const shift = BigInt(base.bits - length);
  const want = base.value >> shift;
  return (text) => {
    const address = addressBits(text);
    return address !== null && address.bits === base.bits && address.value >> shift === want;
  };
}

/** The number that an address is, and how many bits it has; null for other text. */
export function addressBits(text: string): { readonly value: bigint; readonly bits: number } | null {
  if (!text.includes(':')) {
    const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
    if (match === null) return null;
    let value = 0;
    for (let i = 1; i <= 4; i++) {
      const part = Number(match[i]);
      if (part > 255) return null;
      value = value * 256 + part;
    }
    return { value: BigInt(value), bits: 32 };
  }
  return ipv6Bits(text);
}

function ipv6Bits(text: string): { readonly value: bigint; readonly bits: number } | null {
  if (text.length > 45) return null;
  let source = text;
  const tail = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  if (tail !== null) {
    const v4 = addressBits(tail[2] as string);
    if (v4 === null) return null;
    source = `${tail[1]}${(v4.value >> 16n).toString(16)}:${(v4.value & 0xffffn).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return null;
  const read = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const left = read(halves[0] as string);
  const right = halves.length === 2 ? read(halves[1] as string) : [];
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...right];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return { value, bits: 128 };
}
