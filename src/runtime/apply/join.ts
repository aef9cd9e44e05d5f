// join without fields or with aliases, and selfjoin.
import { within } from '../group.js';
import { commonFields, type JoinOptions, joinIndex, mergeRows } from '../join.js';
import { rowsOfEach } from '../memory.js';
import { compositeKey, fieldNames, read } from '../row.js';
import { createRow, type Row } from '../value.js';
import { type RowsFunction, searchHook } from './apply.js';

/** join without a list of fields: by all fields that both sides have. */
export const joinCommon: RowsFunction = (run, args, hooks) => async (rows) => {
  const right = await searchHook(hooks, 'right')();
  const fields = commonFields(rows, right);
  const options: JoinOptions = { max: Number(args['max'] ?? 1), outer: args['type'] === 'left' };
  if (fields.length === 0) return options.outer ? rows : [];
  const find = joinIndex(run, right, fields, options);
  const overwrite = args['overwrite'] !== false;
  return rowsOfEach(rows, '"join"', (row) => {
    const matches = find(
      fields.map((name) => read(row, name)),
      read(row, '_time'),
    );
    return matches.map((match) => mergeRows(row, match, overwrite));
  });
};

/** join with `left=` and `right=`: the fields of both sides stand under their aliases, `_time` and the like are the left's. */
export const joinAliased: RowsFunction = (run, args, hooks) => async (rows) => {
  const keys = args['keys'] as readonly { readonly left: string; readonly right: string }[];
  const aliases = args['aliases'] as { readonly left: string; readonly right: string };
  const find = joinIndex(
    run,
    await searchHook(hooks, 'right')(),
    keys.map((key) => key.right),
    {
      max: Number(args['max'] ?? 1),
      outer: args['type'] === 'left',
      useTime: args['useTime'] === true,
      earlier: args['earlier'] === true,
    },
  );
  const into = (target: Row, source: Row, alias: string, withInternal: boolean): void => {
    for (const name of fieldNames(source)) {
      if (!name.startsWith('_')) target[`${alias}.${name}`] = source[name] ?? null;
      else if (withInternal) target[name] = source[name] ?? null;
    }
  };
  return rowsOfEach(rows, '"join"', (row) => {
    const matches = find(
      keys.map((key) => read(row, key.left)),
      read(row, '_time'),
    );
    return matches.map((match) => {
      const joined = createRow();
      into(joined, row, aliases.left, true);
      into(joined, match, aliases.right, false);
      return joined;
    });
  });
};

/** selfjoin: rows joined with the other rows of the same values. */
export const selfJoin: RowsFunction = (_run, args) => {
  const fields = args['fields'] as readonly string[];
  const max = Number(args['max'] ?? 1);
  const overwrite = args['overwrite'] !== false;
  return (rows) => {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const values = fields.map((name) => read(row, name));
      if (values.includes(null)) continue;
      const key = compositeKey(values);
      within(groups, key, (): Row[] => []).push(row);
    }
    // Each result is joined with the ones after it that have the same values; the last one has none to be joined
    // with, and is left out (selfjoin, the extended example).
    const place = new Map<Row, { readonly group: Row[]; readonly at: number }>();
    for (const group of groups.values())
      for (const [at, row] of group.entries()) place.set(row, { group, at });
    return rowsOfEach(rows, '"selfjoin"', (row) => {
      const { group, at } = place.get(row) ?? { group: [], at: 0 };
      if (group.length === 1) return args['keepSingle'] === true ? [row] : [];
      const others = group.slice(at + 1, max === 0 ? undefined : at + 1 + max);
      return others.map((other) => mergeRows(row, other, overwrite));
    });
  };
};
