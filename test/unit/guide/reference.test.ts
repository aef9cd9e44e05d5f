// The reference pages of docs/guide are those that the records make; UPDATE=1 rewrites them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aggregates } from '../../../src/aggregates/index.js';
import { commands } from '../../../src/commands/index.js';
import { functions } from '../../../src/functions/index.js';
import { renderReference } from '../../../src/guide/reference.js';
import { describeCodes } from '../../../src/rules/codes.js';
import { rules } from '../../../src/rules/index.js';
import { presets } from '../../../src/rules/presets.js';

const guide = join(import.meta.dirname, '../../../docs/guide');
const pages = renderReference({ commands, functions, aggregates, rules, codes: describeCodes(), presets });

describe('reference', () => {
  test.each(pages.map(({ path, content }) => [path, String(content)] as const))(
    '%s is up to date',
    (path, content) => {
      const file = join(guide, path);
      if (process.env['UPDATE']) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );

  test('every record has its place', () => {
    const text = pages.map(({ content }) => content).join('\n');
    for (const { name } of [...functions, ...aggregates]) expect(text).toContain(`\n## ${name}\n`);
    for (const { name, unsupported } of commands)
      expect(text).toContain(unsupported === undefined ? `\n## ${name}\n` : `| \`${name}\` |`);
    for (const { code } of rules) expect(text).toContain(`\n## ${code}\n`);
  });
});
