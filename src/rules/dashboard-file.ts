// A dashboard has its definition beside it.

import type { ContentObject } from '../content/model.js';
import { jsonFault, placeInText } from '../diagnostic/json-fault.js';
import { stemFor } from './context.js';
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const dashboardFile = defineRule({
  code: 'dashboard-file',
  severity: 'error',
  summary:
    'A dashboard has a JSON file of the same stem beside it, with its name as title and a description.',
  source: 'contentctl: .json beside the dashboard, title equals name, description given',
  docs: 'Export the dashboard from Dashboard Studio and save it beside the YAML file.',
  examples: {
    pass: [{ title: 'a definition beside it', files: {} }],
    fail: [
      {
        title: 'no definition',
        files: { 'dashboards/overview.json': null },
        found: [
          'dashboards/overview.yml:1:7: definition "dashboards/overview.json" of the dashboard is not there',
        ],
      },
      {
        title: 'another title',
        files: { 'dashboards/overview.json': edit('"title": "Overview"', '"title": "Other"') },
        found: ['dashboards/overview.json:2:3: title must be the name "Overview", found "Other"'],
      },
      {
        title: 'no description',
        files: { 'dashboards/overview.json': '{"title": "Overview"}' },
        found: ['dashboards/overview.json:1:1: missing key "description"'],
      },
      {
        title: 'no JSON',
        files: { 'dashboards/overview.json': '{"title": }' },
        found: ['dashboards/overview.json:1:11: file is no JSON'],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind !== 'dashboard') return;
    const file = object.jsonFile;
    const bytes = context.readFile(file);
    if (bytes === undefined) {
      report(object.at.value(['name']), `definition "${file}" of the dashboard is not there`);
      return;
    }
    const text = new TextDecoder().decode(bytes);
    const start = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const fault = jsonFault(text);
    if (fault !== undefined) {
      report(placeInText(file, text, fault), 'file is no JSON');
      return;
    }
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      report(start, 'file must hold a JSON object');
      return;
    }
    const { title, description } = value as { title?: unknown; description?: unknown };
    if (title === undefined) report(start, 'missing key "title"');
    else if (title !== object.name && !isNameOdd(object, String(title))) {
      report(
        keyPlace(text, file, 'title'),
        `title must be the name "${object.name}", found "${String(title)}"`,
      );
    }
    if (description === undefined) report(start, 'missing key "description"');
  },
});

/** Whether file and title agree, and it is the name that differs or is none: it is told where it stands. */
const isNameOdd = ({ name, stem }: ContentObject, title: string): boolean =>
  name.trim() === '' || (stemFor(title) === stem && stemFor(name) !== stem);

/** Place of the first occurrence of a key in a JSON text. */
function keyPlace(text: string, file: string, key: string) {
  return placeInText(file, text, Math.max(0, text.indexOf(`"${key}"`)), key.length + 2);
}
