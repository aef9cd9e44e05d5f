// IP addresses and subnets, versions 4 and 6.

/** An address as eight 16-bit groups, or the number of an IPv4 address. */
type Address = number | Uint16Array;

/** Reads a dotted IPv4 address as a number, or NaN. */
export function parseIpv4(text: string): number {
  let value = 0;
  let part = -1;
  let dots = 0;
  const length = text.length;
  if (length < 7 || length > 15) return Number.NaN;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) {
      part = part < 0 ? c - 48 : part * 10 + c - 48;
      if (part > 255) return Number.NaN;
    } else if (c === 46 && part >= 0 && dots < 3) {
      value = value * 256 + part;
      part = -1;
      dots++;
    } else return Number.NaN;
  }
  return dots === 3 && part >= 0 ? value * 256 + part : Number.NaN;
}

/** Reads an IPv6 address, `::` and an embedded IPv4 address included, as eight groups; null when it is none. */
export function parseIpv6(text: string): Uint16Array | null {
  if (text.length < 2 || text.length > 60 || !text.includes(':')) return null;
  const zone = text.indexOf('%');
  let rest = zone >= 0 ? text.slice(0, zone) : text;
  const tail: number[] = [];
  if (rest.includes('.')) {
    const colon = rest.lastIndexOf(':');
    const four = parseIpv4(rest.slice(colon + 1));
    if (Number.isNaN(four)) return null;
    tail.push(Math.floor(four / 65536), four % 65536);
    rest = rest.slice(0, colon + 1);
    if (rest.endsWith(':') && !rest.endsWith('::')) rest = rest.slice(0, -1);
  }
  const halves = rest.split('::');
  if (halves.length > 2) return null;
  const head = readGroups(halves[0] as string);
  const back = halves.length === 2 ? readGroups(halves[1] as string) : [];
  if (head === null || back === null) return null;
  const count = head.length + back.length + tail.length;
  if (halves.length === 2 ? count > 7 : count !== 8) return null;
  const out = new Uint16Array(8);
  out.set(head, 0);
  out.set([...back, ...tail], 8 - back.length - tail.length);
  return out;
}

function readGroups(text: string): number[] | null {
  if (text === '') return [];
  const out: number[] = [];
  for (const group of text.split(':')) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    out.push(Number.parseInt(group, 16));
  }
  return out;
}

function parseAddress(text: string): Address | null {
  if (text.includes(':')) return parseIpv6(text);
  const four = parseIpv4(text);
  return Number.isNaN(four) ? null : four;
}

const subnets = new Map<string, ((address: string) => boolean) | null>();

/**
 * Compiles a subnet in CIDR notation into a test of addresses; null when it is no subnet. An address without a prefix
 * length is a subnet of one. Compiled subnets are kept.
 */
export function compileCidr(cidr: string): ((address: string) => boolean) | null {
  let test = subnets.get(cidr);
  if (test === undefined) {
    test = buildCidr(cidr.trim());
    if (subnets.size >= 5000) subnets.clear();
    subnets.set(cidr, test);
  }
  return test;
}

function buildCidr(cidr: string): ((address: string) => boolean) | null {
  const slash = cidr.indexOf('/');
  const base = parseAddress(slash < 0 ? cidr : cidr.slice(0, slash));
  if (base === null) return null;
  const bits = typeof base === 'number' ? 32 : 128;
  const prefixText = slash < 0 ? String(bits) : cidr.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return null;
  const prefix = Number(prefixText);
  if (typeof base === 'number') {
    const size = 2 ** (32 - prefix);
    const network = Math.floor(base / size);
    return (text) => Math.floor(parseIpv4(text.trim()) / size) === network;
  }
  return (text) => {
    const address = parseIpv6(text.trim());
    return address !== null && samePrefix(address, base, prefix);
  };
}

function samePrefix(a: Uint16Array, b: Uint16Array, prefix: number): boolean {
  let left = prefix;
  for (let i = 0; i < 8 && left > 0; i++, left -= 16) {
    const shift = left >= 16 ? 0 : 16 - left;
    if ((a[i] as number) >> shift !== (b[i] as number) >> shift) return false;
  }
  return true;
}
