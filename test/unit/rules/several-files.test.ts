// Faults that lie between two files.
import { afterAll, describe, expect, it } from 'vitest';
import { baseFiles, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const text = (file: string): string => baseFiles.get(file)?.toString('utf8') ?? '';

/** What is told of changed files, as `file:line:column: severity[code]: message`. */
const told = (files: Readonly<Record<string, string | Uint8Array>>): string[] =>
  scratch.check(files).map((d) => `${d.file}:${d.line}:${d.column}: ${d.severity}[${d.code}]: ${d.message}`);

describe('two detections whose files are called the same', () => {
  const first = 'detections/endpoint/rundll32_without_arguments.yml';
  const other = text(first)
    .replace('name: Rundll32 Without Arguments', 'name: Rundll32.Without Arguments')
    .replace(/^id: .*/m, 'id: 5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8aff');

  it.each([
    ['error', other],
    ['warning', other.replace('status: production', 'status: deprecated')],
  ])('%s', (severity, content) => {
    const found = told({ 'detections/web/rundll32_without_arguments.yml': content });
    expect(found).toContain(
      `detections/web/rundll32_without_arguments.yml:1:7: ${severity}[filter-macro]: filter macro ` +
        `"rundll32_without_arguments_filter" is already that of ${first}`,
    );
  });
});

describe('bytes of a table', () => {
  const table = 'lookups/known_tools.csv';
  const header = text(table).split('\n')[0] ?? '';
  const cells = header.replaceAll(/[^,]+/g, 'x').slice(1);

  it.each([
    ['the sign for unknown characters, written as such', Buffer.from(`${header}\n\ufffd${cells}\n`), []],
    [
      'a byte that is no UTF-8',
      Buffer.from(`${header}\n\xe9${cells}\n`, 'latin1'),
      [`${table}:2:1: error[lookup-table]: table is not encoded as UTF-8`],
    ],
  ])('%s', (_, bytes, expected) =>
    expect(told({ [table]: bytes }).filter((line) => line.includes('[lookup-table]'))).toEqual(expected),
  );
});
