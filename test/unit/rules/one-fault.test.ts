// One fault gives one message, where it stands: what follows from it in the same file or another is not told as well.
import { afterAll, describe, expect, it } from 'vitest';
import { baseFiles, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const rba = 'detections/endpoint/rundll32_without_arguments.yml';
const older = 'detections/cloud/console_login_from_new_country.yml';
const newest = 'detections/endpoint/shell_spawned_by_office.yml';

/** Everything that is told when texts of a file are replaced, with the policies of ESCU turned on. */
function told(file: string, ...edits: readonly (readonly [from: string, to: string])[]): string[] {
  const before = scratch.check({ 'detc.yml': 'extends: escu\n' }).map(({ message }) => message);
  let text = baseFiles.get(file)?.toString('utf8') ?? '';
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  return scratch
    .check({ 'detc.yml': 'extends: escu\n', [file]: text })
    .filter(({ message }) => !before.includes(message))
    .map((d) => `${d.file}:${d.line}:${d.column}: ${d.severity}[${d.code}]: ${d.message}`);
}

type Edits = readonly (readonly [from: string, to: string])[];

describe('what a fault of the schema is about is judged by nobody else', () => {
  it.each<[what: string, file: string, edits: Edits, message: string]>([
    ['a product', rba, [['- Splunk Cloud', '- Splunk lCoud']], 'schema]: tags.product[2] must be one of'],
    ['the key of products', rba, [['  product:', '  prodcut:']], 'schema]: unknown key "tags.prodcut"'],
    ['the key of tags', rba, [['\ntags:', '\ntasg:']], 'schema]: unknown key "tasg"'],
    ['drilldowns', rba, [['drilldown_searches:', 'drilldown_esarches:']], 'schema]: unknown key'],
    ['a score', newest, [['      score:', '      scroe:']], 'schema]: unknown key "finding.entity.scroe"'],
    ['a status', rba, [['status: production', 'status: producton']], 'schema]: status must be one of'],
    ['observables', older, [['  observable:', '  observalbe:']], 'unknown key "tags.observalbe"'],
    [
      'a deployment',
      'deployments/escu_default_configuration_ttp.yml',
      [['\ntype:', '\ntyep:']],
      'unknown key "tyep"',
    ],
  ])('%s', (_, file, edits, message) => {
    const found = told(file, ...edits);
    expect(found, found.join('\n')).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});

describe('what a fault of the schema is not about is judged all the same', () => {
  it.each<[what: string, edits: Edits, codes: readonly string[]]>([
    [
      'a test, beside a key of the same name as that of the type',
      [
        ['    type: system', '    type: systm'],
        ['\ntests:', '\ntests: []\nlookups: # '],
      ],
      ['missing-test', 'schema'],
    ],
    [
      'products, beside a key of the same mapping',
      [
        ['  - Splunk Cloud\n', ''],
        ['  security_domain:', '  odd_key: 1\n  security_domain:'],
      ],
      ['product-set', 'schema'],
    ],
    [
      'a score, beside the name of the field',
      [
        ['  - field: user', '  - field: 7'],
        ['score: 60', 'score: 61'],
      ],
      ['fixed-score', 'schema'],
    ],
  ])('%s', (_, edits, codes) => {
    const found = told(rba, ...edits);
    for (const code of codes) expect(found.join('\n')).toContain(`[${code}]`);
  });
});

describe('a character that nobody sees', () => {
  it.each<[what: string, file: string, edits: Edits, message: string]>([
    [
      'in the name of a story',
      rba,
      [['- Living Off', '- Living\u200b Off']],
      'error[unknown-story]: unknown story',
    ],
    ['behind a risk field', rba, [['- field: dest\n', "- field: 'dest '\n"]], 'risk field "dest "'],
  ])('%s', (_, file, edits, message) => {
    const found = told(file, ...edits);
    expect(found, found.join('\n')).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it('is told beside what it makes unknown', () => {
    const [found] = scratch
      .check({ [rba]: (text) => text.replace('- Living Off', '- Living\u200b Off') })
      .filter(({ code }) => code === 'unknown-story');
    expect(found?.notes).toMatchObject([{ message: 'invisible character U+200B', place: { file: rba } }]);
  });
});

describe('what follows in another file', () => {
  it.each<[what: string, file: string, edits: Edits, message: string]>([
    [
      'a table that a misspelled file name leaves over',
      'lookups/old_table.yml',
      [['filename: old_table.csv', 'filename: odl_table.csv']],
      'lookups/old_table.yml:',
    ],
    [
      'a removed name that the mapping misspells',
      'removed/deprecation_mapping.YML',
      [['content: Old Rundll32', 'content: Old Rudnll32']],
      'unknown content "Old Rudnll32"',
    ],
    [
      'the title of a dashboard whose name is misspelled',
      'dashboards/overview.yml',
      [['name: Overview', 'name: Ovreview']],
      'file for name "Ovreview" must be',
    ],
    [
      'a date before one in the future',
      newest,
      [['creation_date: ', 'creation_date: 2999-01-01 # ']],
      'date "2999-01-01" lies in the future',
    ],
  ])('%s', (_, file, edits, message) => {
    const found = told(file, ...edits);
    expect(found, found.join('\n')).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
