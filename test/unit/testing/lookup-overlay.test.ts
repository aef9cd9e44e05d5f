// Tables that a search of a test writes: replaced, added to, or changed record by record.
import { describe, expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import { overlayLookups } from '../../../src/testing/lookup-overlay.js';

async function written(spl: string): Promise<string> {
  const overlay = overlayLookups({ seen: 'user,n\nann,1\nbob,1\n' });
  await compileText(spl).run(
    [
      { user: 'bob', n: 2 },
      { user: 'eve', n: 2 },
    ],
    { writeLookup: overlay.write },
  );
  const table = overlay.tables['seen'];
  return typeof table === 'object' ? table.csv : String(table);
}

describe('outputlookup', () => {
  test.each([
    ['| outputlookup seen', 'user,n bob,2 eve,2'],
    ['| outputlookup append=t seen', 'user,n ann,1 bob,1 bob,2 eve,2'],
    // a table that is there keeps its columns
    ['| eval more=1 | outputlookup append=t seen', 'user,n ann,1 bob,1 bob,2 eve,2'],
    ['| eval more=1 | outputlookup seen', 'user,n,more bob,2,1 eve,2,1'],
    // with a key records are added to the table, or take the place of those of the same key
    ['| outputlookup key_field=user seen', 'user,n ann,1 bob,2 eve,2'],
    ['| outputlookup key_field=user append=f seen', 'user,n bob,2 eve,2'],
    ['| outputlookup key_field=user allow_updates=f seen', 'user,n ann,1 bob,1 eve,2'],
  ])('%s', async (spl, expected) => {
    expect((await written(spl)).trim().replace(/"/g, '').split(/\r?\n/).join(' ')).toBe(expected);
  });
});
