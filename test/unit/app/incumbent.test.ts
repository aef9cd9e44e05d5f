// A 5.x repository that reaches every branch of the generated files, held against what contentctl 5.6.0 made of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderApp } from '../../../src/app/app.js';
import { loadRepository } from '../../../src/content/load.js';
import { bytesOf } from '../../../src/output/output-file.js';

const folder = join(import.meta.dirname, '../../golden/incumbent');

/*
 * What the repository reaches, by rule: every type and status of detections; risk objects sorted as texts (100 before
 * 20), one of them twice, every type of threat object; scores on both sides of each severity; data models and
 * technologies found as words in searches; deployments by type and inline, with every alert action and filled-in
 * fields; no deployment actions at all; throttling, CVEs, an empty list of atomic tests, enabled by default, manual
 * tests; drilldowns with and without offsets; stories with links to normalize, authors with and without a company, a
 * deprecated one; macros with arguments and a filter of the author's own; lookups of every type with every option;
 * baselines with an inline deployment; data sources with and without add-ons; dashboards with numbers JSON must keep;
 * deprecation mapping; finding-based stanzas; an app_template with files of its own under every generated name; a
 * label with blanks, dots and brackets; YAML of every style: folded, kept, plain and quoted over lines, aliases, CRLF, a
 * byte order mark, dates and numbers bare; blanks before a description with a warning, a notable without fields, content for
 * Behavioral Analytics alone. The expected files are without their six-line headers, which name the program.
 */
const built = Date.UTC(2026, 10, 25, 9, 27, 7) / 1000;

/** Without the header, which is a comment in views and a part of generated .conf files. */
const withoutHeader = (text: string) => text.replace(/^(?:<!--\n)?#{13}\n(?:# .*\n)+#{13}\n(?:-->\n)?/, '');

describe('the app of contentctl 5.6.0', () => {
  const { files, diagnostics } = renderApp(loadRepository(join(folder, 'repository')).content, {
    epoch: built,
  });
  const made = new Map(files.map((file) => [file.path, Buffer.from(bytesOf(file)).toString('utf8')]));
  const expected = readdirSync(join(folder, 'expected'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + '/expected/'.length));

  test('has no faults but files of the template that are replaced', () =>
    expect(new Set(diagnostics.map(({ severity, code }) => `${severity} ${code}`))).toEqual(
      new Set(['warning template-collision']),
    ));

  test.each(expected)('%s', (path) => {
    const text = made.get(`Nordlicht_Content/${path}`);
    expect(text, path).toBeDefined();
    expect(withoutHeader(text ?? '')).toBe(readFileSync(join(folder, 'expected', path), 'utf8'));
  });
});
