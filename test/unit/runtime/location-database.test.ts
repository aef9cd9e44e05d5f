// Reading the MaxMind DB format, from a database made here, and the real one where it is installed.
import { describe, expect, test } from 'vitest';
import { openLocations } from '../../../src/dataset/locations.js';
import { LocationDatabase } from '../../../src/runtime/location-database.js';

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(2 << 5) | bytes.length]), bytes]);
}
function map(entries: Record<string, Buffer>): Buffer {
  const keys = Object.keys(entries);
  return Buffer.concat([
    Buffer.from([(7 << 5) | keys.length]),
    ...keys.flatMap((k) => [text(k), entries[k] as Buffer]),
  ]);
}
function double(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (3 << 5) | 8;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}
const small = (type: number, value: number): Buffer =>
  Buffer.from([(type << 5) | 2, value >> 8, value & 255]);

/** A database of version 4 whose tree has one node: addresses below 128.0.0.0 have the record, others none. */
function database(record: Buffer): Buffer {
  const tree = Buffer.from([0, 0, 1 + 16, 0, 0, 1]);
  const metadata = map({ node_count: small(6, 1), record_size: small(5, 24), ip_version: small(5, 4) });
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    record,
    Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'),
    metadata,
  ]);
}

describe('LocationDatabase', () => {
  test('flat records', () => {
    const record = map({
      city: text('Bonn'),
      country_code: text('DE'),
      state1: text('NRW'),
      latitude: double(50.7),
      longitude: double(7.1),
    });
    const found = new LocationDatabase(database(record));
    expect(found.find('10.0.0.1')).toEqual({
      city: 'Bonn',
      region: 'NRW',
      country: 'Germany',
      continent: 'Europe',
      latitude: 50.7,
      longitude: 7.1,
    });
    expect(found.find('200.0.0.1')).toBeNull();
    expect(found.find('no address')).toBeNull();
  });

  test('nested records', () => {
    const record = map({
      city: map({ names: map({ en: text('Bonn') }) }),
      country: map({ iso_code: text('DE') }),
    });
    expect(new LocationDatabase(database(record)).find('1.2.3.4')).toMatchObject({
      city: 'Bonn',
      country: 'Germany',
    });
  });

  test('other bytes are refused', () => {
    expect(() => new LocationDatabase(Buffer.from('root:x:0:0'))).toThrow('no MaxMind DB');
    expect(openLocations('/dev/null').find('1.1.1.1')).toBeNull();
  });
});

test('the installed database knows public addresses', () => {
  const locations = openLocations();
  const found = locations.find('8.8.8.8');
  if (locations.problem === undefined) expect(found?.country).toBe('United States');
  else expect(locations.problem).toContain('no database of IP locations is installed');
  expect(locations.find('10.0.0.1')).toBeNull();
});
