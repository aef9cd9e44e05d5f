// Saved searches that searches run: found by name, filled in, never run by themselves.
import { expect, test } from 'vitest';
import { compileText } from '../../../src/evaluate.js';

const savedSearches = new Map([
  ['Failed logons', 'action=failed user=$user$'],
  ['loops', '| savedsearch loops'],
  ['in a circle', '| map "loops of others"'],
  ['loops of others', '| savedsearch "in a circle"'],
  ['broken', '| stats count by'],
]);

test.each([
  [
    '| savedsearch "Failed logon"',
    'saved search "Failed logon" is not given',
    'did you mean "Failed logons"?',
  ],
  ['| savedsearch loops', 'saved search "loops" runs itself', undefined],
  ['| savedsearch "in a circle"', 'saved search "in a circle" runs itself', undefined],
  ['| savedsearch broken', 'expected a field, found the end of the search', undefined],
  ['| map nosuch', 'saved search "nosuch" is not given', undefined],
  ['| from savedsearch:nosuch', 'saved search "nosuch" is not given', undefined],
])('%s', (spl, message, help) => {
  const [fault] = compileText(spl, { savedSearches }).diagnostics;
  expect(fault).toMatchObject({ severity: 'error', message, span: { start: 2 } });
  expect(fault?.help).toBe(help);
});

test('nosubstitution leaves tokens as they are', async () => {
  const search = compileText('| savedsearch "Failed logons" nosubstitution=true user=ann', { savedSearches });
  const events = [
    { action: 'failed', user: 'ann' },
    { action: 'failed', user: '$user$' },
  ];
  expect(await search.run(events)).toEqual([events[1]]);
});
