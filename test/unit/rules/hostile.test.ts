// Rules take a text that somebody made to take long in a time that goes with its length.
import { afterAll, describe, expect, it } from 'vitest';
import { ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const rba = 'detections/endpoint/rundll32_without_arguments.yml';
const address = 'https://attack.mitre.org/techniques/T1218/011/';

describe('blanks in an address', () => {
  const blanks = ' '.repeat(200_000);
  it.each<[what: string, text: string, isTold: boolean]>([
    ['many before a word', `${address}${blanks}word`, true],
    ['many at the end', `${address}${blanks}`, false],
    ['many at the beginning', `${blanks}${address}`, false],
  ])('%s', (_, text, isTold) => {
    const found = scratch.check({ [rba]: (file) => file.replace(address, `'${text}'`) });
    expect(found.some(({ code }) => code === 'broken-url')).toBe(isTold);
  });
});
