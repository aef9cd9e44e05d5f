// Places of IP addresses, read from a database in the MaxMind DB format (version 2).
import { parseIpv4, parseIpv6 } from './ip.js';

/** What iplocation knows of an address; a member is left out where the database says nothing. */
export interface Location {
  readonly city?: string;
  readonly region?: string;
  /** English name of the country. */
  readonly country?: string;
  readonly continent?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly metroCode?: number;
  readonly timezone?: string;
}

/** A decoded value of the database. */
type Data = string | number | boolean | bigint | Uint8Array | Data[] | Map<string, Data>;

const marker = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex');
const maxDepth = 30;

/** Thrown for bytes that are no such database. */
export class LocationDatabaseError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LocationDatabaseError';
  }
}

/** One opened database. Bytes stay as they are; only what a look-up needs is decoded. */
export class LocationDatabase {
  private readonly bytes: Buffer;
  private readonly nodeCount: number;
  private readonly recordSize: number;
  private readonly version: number;
  private readonly dataStart: number;
  private readonly records = new Map<number, Location>();
  private ipv4Start: number | undefined;

  constructor(file: Uint8Array) {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    this.bytes = bytes;
    const at = bytes.lastIndexOf(marker);
    if (at < 0) throw new LocationDatabaseError('the file is no MaxMind DB');
    const metadata = this.decode(at + marker.length, at + marker.length, 0).value;
    const number = (key: string) => (metadata instanceof Map ? Number(metadata.get(key) ?? 0) : 0);
    this.nodeCount = number('node_count');
    this.recordSize = number('record_size');
    this.version = number('ip_version');
    const treeSize = (this.recordSize / 4) * this.nodeCount;
    if (
      ![24, 28, 32].includes(this.recordSize) ||
      ![4, 6].includes(this.version) ||
      treeSize + 16 > bytes.length
    ) {
      throw new LocationDatabaseError('the MaxMind DB is damaged or of an unknown version');
    }
    this.dataStart = treeSize + 16;
  }

  /** The place of an address; null for text that is no address and for addresses of no place. */
  find(address: string): Location | null {
    const four = parseIpv4(address.trim());
    let node: number;
    if (!Number.isNaN(four)) {
      node = this.version === 4 ? 0 : this.startOfIpv4();
      for (let bit = 31; bit >= 0 && node < this.nodeCount; bit--)
        node = this.child(node, Math.floor(four / 2 ** bit) & 1);
    } else {
      const groups = this.version === 6 ? parseIpv6(address.trim()) : null;
      if (groups === null) return null;
      node = 0;
      for (let bit = 0; bit < 128 && node < this.nodeCount; bit++) {
        node = this.child(node, ((groups[bit >> 4] as number) >> (15 - (bit & 15))) & 1);
      }
    }
    return node > this.nodeCount ? this.record(node) : null;
  }

  private startOfIpv4(): number {
    if (this.ipv4Start === undefined) {
      let node = 0;
      for (let bit = 0; bit < 96 && node < this.nodeCount; bit++) node = this.child(node, 0);
      this.ipv4Start = node;
    }
    return this.ipv4Start;
  }

  private child(node: number, side: number): number {
    const { bytes, recordSize } = this;
    if (recordSize === 24) return bytes.readUIntBE(node * 6 + side * 3, 3);
    if (recordSize === 32) return bytes.readUInt32BE(node * 8 + side * 4);
    const at = node * 7;
    const middle = bytes[at + 3] as number;
    if (side === 0) return ((middle & 0xf0) << 20) | bytes.readUIntBE(at, 3);
    return ((middle & 0x0f) << 24) | bytes.readUIntBE(at + 4, 3);
  }

  private record(pointer: number): Location {
    let location = this.records.get(pointer);
    if (location === undefined) {
      const at = pointer - this.nodeCount - 16 + this.dataStart;
      location = readLocation(this.decode(at, this.dataStart, 0).value);
      if (this.records.size > 100_000) this.records.clear();
      this.records.set(pointer, location);
    }
    return location;
  }

  private decode(from: number, base: number, depth: number): { value: Data; end: number } {
    const { bytes } = this;
    if (from >= bytes.length || depth > maxDepth)
      throw new LocationDatabaseError('the MaxMind DB is damaged');
    let at = from;
    const control = bytes[at++] as number;
    let type = control >> 5;
    if (type === 1) {
      const size = (control >> 3) & 3;
      const low = control & 7;
      let pointer: number;
      if (size === 0) pointer = (low << 8) + bytes.readUInt8(at);
      else if (size === 1) pointer = (low << 16) + bytes.readUInt16BE(at) + 2048;
      else if (size === 2) pointer = low * 2 ** 24 + bytes.readUIntBE(at, 3) + 526336;
      else pointer = bytes.readUInt32BE(at);
      return { value: this.decode(base + pointer, base, depth + 1).value, end: at + size + 1 };
    }
    if (type === 0) type = 7 + (bytes[at++] as number);
    let size = control & 31;
    if (size === 29) size = 29 + bytes.readUInt8(at++);
    else if (size === 30) {
      size = 285 + bytes.readUInt16BE(at);
      at += 2;
    } else if (size === 31) {
      size = 65821 + bytes.readUIntBE(at, 3);
      at += 3;
    }
    switch (type) {
      case 7: {
        const value = new Map<string, Data>();
        for (let i = 0; i < size; i++) {
          const key = this.decode(at, base, depth + 1);
          const item = this.decode(key.end, base, depth + 1);
          value.set(String(key.value), item.value);
          at = item.end;
        }
        return { value, end: at };
      }
      case 11: {
        const value: Data[] = [];
        for (let i = 0; i < size; i++) {
          const item = this.decode(at, base, depth + 1);
          value.push(item.value);
          at = item.end;
        }
        return { value, end: at };
      }
      case 14:
        return { value: size !== 0, end: at };
      default:
        return { value: this.scalar(type, at, size), end: at + size };
    }
  }

  private scalar(type: number, at: number, size: number): Data {
    const { bytes } = this;
    switch (type) {
      case 2:
        return bytes.toString('utf8', at, at + size);
      case 3:
        return bytes.readDoubleBE(at);
      case 15:
        return bytes.readFloatBE(at);
      case 5:
      case 6:
        return size === 0 ? 0 : bytes.readUIntBE(at, size);
      case 8:
        return size === 0 ? 0 : size < 4 ? bytes.readUIntBE(at, size) : bytes.readInt32BE(at);
      case 9:
      case 10:
        return size === 0 ? 0n : BigInt(`0x${bytes.toString('hex', at, at + size)}`);
      default:
        return bytes.subarray(at, at + size);
    }
  }
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** English name of a country by its two-letter code. */
export function countryName(code: string): string | undefined {
  try {
    return regionNames.of(code);
  } catch {
    return undefined;
  }
}

/** Reads both layouts: MaxMind's nested names, and the flat records of ip-location-db. */
function readLocation(data: Data): Location {
  const text = (...path: string[]): string | undefined => {
    const value = reach(data, path);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const number = (...path: string[]): number | undefined => {
    const value = reach(data, path);
    return typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : undefined;
  };
  const code = text('country_code') ?? text('country', 'iso_code');
  const entries = {
    city: text('city', 'names', 'en') ?? text('city'),
    region: text('subdivisions', '0', 'names', 'en') ?? text('state1'),
    country: text('country', 'names', 'en') ?? (code === undefined ? undefined : countryName(code)),
    continent: text('continent', 'names', 'en') ?? (code === undefined ? undefined : continentOf(code)),
    latitude: number('location', 'latitude') ?? number('latitude'),
    longitude: number('location', 'longitude') ?? number('longitude'),
    metroCode: number('location', 'metro_code'),
    timezone: text('location', 'time_zone') ?? text('timezone'),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Location;
}

function reach(data: Data, path: readonly string[]): Data | undefined {
  let value: Data | undefined = data;
  for (const step of path) {
    if (value instanceof Map) value = value.get(step);
    else if (Array.isArray(value)) value = value[Number(step)];
    else return undefined;
  }
  return value;
}

const continents: readonly (readonly [string, string])[] = [
  [
    'Africa',
    'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  ],
  ['Antarctica', 'AQ BV GS HM TF'],
  [
    'Asia',
    'AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  ],
  [
    'Europe',
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  ],
  [
    'North America',
    'AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI',
  ],
  ['Oceania', 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS'],
  ['South America', 'AR BO BR CL CO EC FK GF GY PE PY SR UY VE'],
];

function continentOf(code: string): string | undefined {
  return continents.find(([, codes]) => codes.split(' ').includes(code))?.[0];
}
