// The four report formats.
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostic/diagnostic.js';
import { sortDiagnostics } from '../../../src/diagnostic/order.js';
import { formatGithub } from '../../../src/diagnostic/report/github.js';
import { formatJson } from '../../../src/diagnostic/report/json.js';
import { formatSarif } from '../../../src/diagnostic/report/sarif.js';
import { formatText } from '../../../src/diagnostic/report/text.js';

const fault: Diagnostic = {
  file: 'detections/a b.yml',
  line: 2,
  column: 9,
  endLine: 2,
  endColumn: 13,
  severity: 'error',
  code: 'unknown-command',
  message: 'unknown command "haed"',
  help: 'did you mean "head"?',
  notes: [
    {
      message: 'in the expansion of "m"',
      place: { file: 'macros/m.yml', line: 3, column: 1, endLine: 3, endColumn: 2 },
    },
  ],
};
const warning: Diagnostic = {
  ...fault,
  severity: 'warning',
  code: 'x',
  message: 'odd \u001b[2J%\nname, of: it',
  line: 9,
};

describe('formatText', () => {
  const options = { source: () => 'name: a\nsearch: haed 3\n', colors: false };
  it('prints place, frame, note, help and counts', () => {
    expect(formatText([fault], options)).toBe(
      [
        'detections/a b.yml:2:9: error[unknown-command]: unknown command "haed"',
        '  2 | search: haed 3',
        '              ^^^^',
        '  note: in the expansion of "m", macros/m.yml:3:1',
        '  help: did you mean "head"?',
        '1 error and 0 warnings in 1 file',
        '',
      ].join('\n'),
    );
  });
  it('colours only when asked, and never passes on escapes of the content', () => {
    expect(formatText([warning], options)).not.toContain('\u001b');
    expect(formatText([fault], { ...options, colors: true })).toContain('\u001b[');
  });
  it('stops at the limit and counts the rest', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ ...fault, line: index + 1 }));
    const text = formatText(many, options);
    expect(text.match(/error\[unknown-command\]/g)).toHaveLength(100);
    expect(text).toContain(
      '50 more not shown ("detc validate --format json" tells all); 150 errors and 0 warnings in 1 file',
    );
  });
  it('is empty without diagnostics', () => {
    expect(formatText([], options)).toBe('');
  });
});

describe('formatJson', () => {
  it('has the documented shape', () => {
    expect(JSON.parse(formatJson([fault, warning], 7))).toEqual({
      diagnostics: [
        {
          file: 'detections/a b.yml',
          line: 2,
          column: 9,
          endLine: 2,
          endColumn: 13,
          severity: 'error',
          code: 'unknown-command',
          message: 'unknown command "haed"',
          help: 'did you mean "head"?',
        },
        expect.objectContaining({ severity: 'warning', message: warning.message }),
      ],
      summary: { files: 7, errors: 1, warnings: 1 },
    });
  });
});

describe('formatGithub', () => {
  it('escapes what would end or start a command', () => {
    expect(formatGithub([warning])).toBe(
      '::warning file=detections/a b.yml,line=9,endLine=2,col=9,title=x::odd \u001b[2J%25%0Aname, of: it; did you mean "head"?\n',
    );
    expect(formatGithub([fault])).toContain('line=2,endLine=2,col=9,endColumn=13,title=unknown-command::');
  });
});

describe('formatSarif', () => {
  it('lists rules once and points into them', () => {
    const log = JSON.parse(
      formatSarif([fault, fault, warning], {
        version: '1.2.3',
        rules: [{ code: 'x', summary: 'An x.', docs: 'More on x.' }],
      }),
    );
    const run = log.runs[0];
    expect(log.version).toBe('2.1.0');
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(['unknown-command', 'x']);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    }
    expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('detections/a%20b.yml');
    expect(run.results[0].relatedLocations[0].physicalLocation.region.startLine).toBe(3);
  });
});

describe('SARIF 2.1.0', () => {
  // The schema of the standard is written in JSON Schema 4, whose `id` newer readers take for another keyword.
  const require = createRequire(import.meta.url);
  const {
    id: _,
    $schema: __,
    ...schema
  } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const rules = [{ code: 'x', summary: 'An x.', docs: 'More on x.' }];

  it.each([
    ['nothing found', []],
    ['errors and warnings with notes', [fault, warning]],
    ['an info', [{ ...fault, severity: 'info' as const }]],
    ['a file with an odd name', [{ ...fault, file: 'détections/ä %#?.yml' }]],
    ['an empty place', [{ ...fault, endLine: 2, endColumn: 9 }]],
    ['a code without a rule', [{ ...fault, code: 'of-no-rule' }]],
  ])('%s is valid', (_title, diagnostics) => {
    validate(JSON.parse(formatSarif(diagnostics, { version: '1.2.3', rules })));
    expect(validate.errors).toBeNull();
  });
});

describe('sortDiagnostics', () => {
  it('orders by file, line, column and drops repetitions', () => {
    const z = { ...fault, file: 'z.yml' };
    const early = { ...fault, line: 1 };
    expect(sortDiagnostics([z, fault, early, fault])).toEqual([early, fault, z]);
  });
});
