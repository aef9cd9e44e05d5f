// The four reference repositories load: every file of every kind, with errors only where the content is truly wrong.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateRepository } from '../../src/validate.js';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');
const isThere = existsSync(shared);
if (!isThere) console.warn(`SKIPPED: no reference data at ${shared}`);

/** Errors of each repository, by file, line and code, with the reason why the content is wrong. */
const trueErrors: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2022': {
    'detections/experimental/endpoint/exchange_powershell_abuse_via_ssrf.yml:23:12 unknown-command':
      'the search begins with a pipe before its search terms',
    'detections/web/web_jsp_request_via_url.yml:2:5 unique-id':
      'the id was copied from spring4shell_payload_url_request.yml',
    'lookups/attacker_tools.csv:27:1 lookup-table': 'an unquoted comma gives the row a third cell',
  },
  '4.x': {},
  '5.x': {},
};

describe.runIf(isThere)('reference repositories', () => {
  it.each(Object.keys(trueErrors))('%s', (corpus) => {
    const { content, diagnostics, documents, unreadable } = validateRepository(join(shared, corpus));
    const errors = diagnostics.filter((d) => d.severity === 'error');
    expect(errors.map((d) => `${d.file}:${d.line}:${d.column} ${d.code}`).sort()).toEqual(
      Object.keys(trueErrors[corpus] ?? {}).sort(),
    );
    expect([...documents.values()].filter((document) => document?.value === undefined)).toEqual([]);
    expect(unreadable.length).toBeLessThanOrEqual(errors.length);
    const objects = [
      content.detections,
      content.macros,
      content.lookups,
      content.stories,
      content.baselines,
      content.investigations,
      content.dataSources,
      content.deployments,
      content.dashboards,
      content.removed,
    ].flat();
    const others = [...documents.keys()].filter(
      (file) => !file.includes('/') || /deprecation_mapping/.test(file),
    );
    expect(objects.length).toBe(documents.size - others.length);
    expect(objects.filter((object) => object.name === '')).toEqual([]);
  });

  it('escu6: only what other files of that repository define is missing', () => {
    const { content, diagnostics } = validateRepository(join(shared, 'escu6'));
    const errors = diagnostics.filter((d) => d.severity === 'error');
    const links = ['unknown-story', 'unknown-macro', 'replacement-content', 'unknown-lookup'];
    expect(
      errors
        .filter((d) => !links.includes(d.code))
        .map((d) => `${d.file}:${d.line}:${d.column} ${d.message}`),
    ).toEqual([
      'deployments/escu_defaullt_configuration_finding_based_detection.yml:8:18 expected a blank after ":"',
    ]);
    expect(content.detections).toHaveLength(9);
    expect(content.removed).toHaveLength(2);
  });

  it('4.x: files that strict YAML refuses are loaded with a warning', () => {
    const { diagnostics } = validateRepository(join(shared, '4.x'));
    const warned = diagnostics.filter((d) => d.code === 'yaml').map((d) => [d.severity, d.file]);
    expect(warned).toHaveLength(5);
    expect(warned.every(([severity]) => severity === 'warning')).toBe(true);
  });
});
