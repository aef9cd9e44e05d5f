// A small content repository in a temporary folder, for tests that run `detc test` on it.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SmallDetection {
  readonly search: string;
  readonly type?: string;
  /** YAML of the tests, as a list; default: one test named "Fires" on datasets/events.json. */
  readonly tests?: string;
  /** Further YAML at the top level and under tags, indented as it stands there. */
  readonly top?: string;
  readonly tags?: string;
}

export interface SmallRepository {
  readonly root: string;
  write(path: string, content: string): void;
  detection(name: string, detection: SmallDetection): void;
}

/** Events of the default dataset: three processes a minute apart, on two machines. */
export const events = [
  '{"time":"2026-03-01T10:00:00Z","action":"start","process":"cmd.exe","user":"ann","host_name":"ws1"}',
  '{"time":"2026-03-01T10:01:00Z","action":"start","process":"evil.exe","user":"bob","host_name":"ws1"}',
  '{"time":"2026-03-01T10:02:00Z","action":"stop","process":"evil.exe","user":"bob","host_name":"ws2"}',
];

/** One entry of a test's list. */
export function testYaml(name: string, more = '', data = 'datasets/events.json'): string {
  return `- name: ${JSON.stringify(name)}
${more}  attack_data:
  - data: ${JSON.stringify(data)}
    source: demo
    sourcetype: _json
`;
}

export function smallRepository(lines: readonly string[] = events): SmallRepository {
  const root = mkdtempSync(join(tmpdir(), 'detc-tests-'));
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('detc.yml', 'app:\n  appid: small\n  title: Small\n  label: Small\n  version: 1.0.0\n');
  write('datasets/events.json', `${lines.join('\n')}\n`);
  return {
    root,
    write,
    detection(name, { search, type = 'Hunting', tests = testYaml('Fires'), top = '', tags = '' }) {
      const stem = name.toLowerCase().replaceAll(' ', '_');
      const id = Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32);
      write(
        `detections/endpoint/${stem}.yml`,
        `name: ${name}
id: ${id.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')}
version: 1
date: '2026-03-01'
author: A
status: production
type: ${type}
description: A small detection.
data_source: []
search: ${JSON.stringify(search)}
how_to_implement: None.
known_false_positives: None.
references: []
${top}tags:
  analytic_story: [Small]
  asset_type: Endpoint
  mitre_attack_id: [T1059]
  product: [Splunk Enterprise]
  security_domain: endpoint
${tags}tests:
${tests}`,
      );
    },
  };
}
