// Every rule finds what its failing examples say, at the place they say, and nothing in its passing ones.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../../src/rules/index.js';
import { presets } from '../../../src/rules/presets.js';
import { builtInCodes } from '../../../src/rules/settings.js';
import { ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

/** Rules that are off by default are switched on for their examples. */
function settingsFor(code: string, severity: string): Record<string, string> {
  return severity === 'off' ? { 'detc.yml': `rules:\n  ${code}: warn\n` } : {};
}

it('the repository that examples start from is valid', () => {
  expect(scratch.check({})).toEqual([]);
});

it('every rule file is listed, by code, and its name is the code', () => {
  const others =
    'rule index run one-of-two characters ignore-comments check-objects command-rules context traced-context answered-context answers settings presets codes example result-cache rehearse data-models search-words word-index name-words like-names unique unset-fields lookup-columns given-fields written-key'.split(
      ' ',
    );
  const files = readdirSync(join(import.meta.dirname, '../../../src/rules'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((file) => !others.includes(file));
  expect(rules.map((rule) => rule.code)).toEqual(files.sort());
  const known = new Set<string>([...builtInCodes, ...files]);
  for (const preset of presets.values())
    for (const code of Object.keys(preset)) expect(known).toContain(code);
});

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  it('is documented', () => {
    expect(rule.summary).toMatch(/^[A-Z].*\.$/s);
    expect(rule.source.length).toBeGreaterThan(5);
    expect(rule.docs.length).toBeGreaterThan(30);
    expect(rule.examples.fail.length).toBeGreaterThan(0);
  });
  it.each(rule.examples.pass.map((example) => [example.title, example] as const))(
    'takes %s',
    (_, example) => {
      const found = scratch.check({ ...settingsFor(code, rule.severity), ...example.files });
      expect(found.filter((d) => d.code === code || d.severity === 'error')).toEqual([]);
    },
  );
  it.each(rule.examples.fail.map((example) => [example.title, example] as const))(
    'finds %s',
    (_, example) => {
      const found = scratch.check({ ...settingsFor(code, rule.severity), ...example.files });
      const own = found.filter((d) => d.code === code);
      expect(own.map((d) => `${d.file}:${d.line}:${d.column}: ${d.message}`)).toEqual(example.found);
    },
  );
  if (rule.isByCommand === true)
    it('says of a search the same as of its commands one by one', () => {
      for (const example of [...rule.examples.fail, ...rule.examples.pass]) {
        const files = { ...settingsFor(code, rule.severity), ...example.files };
        expect(scratch.check(files)).toEqual(scratch.check(files, true));
      }
    });
});
