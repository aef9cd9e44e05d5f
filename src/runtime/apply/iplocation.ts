// iplocation: where an IP address is.
import { textOf } from '../multivalue.js';
import { read } from '../row.js';
import type { FieldValue } from '../value.js';
import type { RowFunction } from './apply.js';

/**
 * What the database does not know of a place is empty text; an address that has no place, such as one of a private
 * network, gets no fields (Search Reference, iplocation).
 */
export const placeOfAddress: RowFunction = (run, args) => {
  const field = String(args['field']);
  const prefix = String(args['prefix'] ?? '');
  const all = args['all'] === true;
  const { locate } = run.environment;
  if (locate === undefined) run.warn('iplocation: no database of IP locations is given, nothing is found');
  return (row) => {
    const address = textOf(read(row, field));
    if (address === null) return;
    // "IPv4 and IPv6 addresses and subnets that use CIDR notation"
    const place = locate?.(address.replace(/\/\d+\s*$/, '')) ?? null;
    if (place === null) return;
    const set = (name: string, value: FieldValue | undefined): void => {
      row[prefix + name] = value ?? '';
    };
    set('City', place.city);
    set('Country', place.country);
    set('Region', place.region);
    set('lat', place.latitude);
    set('lon', place.longitude);
    if (!all) return;
    set('Continent', place.continent);
    set('MetroCode', place.metroCode);
    set('Timezone', place.timezone);
  };
};
