// A lookup table as LOOKUP of props.conf uses it: rows found by the event's values of its input columns.
import type { FieldLookup } from './knowledge/language.js';
import type { LookupTable } from './runtime/environment.js';
import { Lookup } from './runtime/lookup-table.js';
import type { FieldValue } from './runtime/value.js';

/** Makes a table usable by search-time knowledge; the rules of matching are those of the lookup command. */
export function eventLookup(table: LookupTable): FieldLookup {
  const lookup = new Lookup(table);
  return {
    columns: lookup.table.header,
    find(columns, inputs, outputs, time) {
      const matcher = lookup.matcher(columns);
      if (matcher === null) return null;
      const rows = matcher.find(inputs, time);
      if (!matcher.hasOutput(rows)) return null;
      return outputs.map((output): FieldValue => {
        const column = lookup.column(output);
        return column === -1 ? null : matcher.output(rows, column);
      });
    },
  };
}
