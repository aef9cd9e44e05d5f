// Names of data-model fields: whose field each is, and what a search over the model finds under it.
import { describe, expect, it } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import type { DataModels } from '../../../src/knowledge/data-model.js';
import { loadDataModels } from '../../../src/knowledge/load-data-models.js';
import { readDataModel } from '../../../src/knowledge/read-data-model.js';
import type { Row } from '../../../src/runtime/value.js';
import { resolveDataModelName } from '../../../src/syntax/data-model-name.js';

const builtIn = loadDataModels();

describe('resolveDataModelName', () => {
  it.each<[string, string, object]>([
    ['Certificates', 'All_Certificates.dest', { owner: 'All_Certificates', field: 'dest', isDeclared: true }],
    ['Certificates', 'All_Certificates.SSL.ssl_hash', { owner: 'All_Certificates.SSL', isDeclared: true }],
    ['Performance', 'All_Performance.OS.Uptime.uptime', { owner: 'All_Performance.OS.Uptime' }],
    ['Certificates', 'All_Certificates.new', { owner: 'All_Certificates', field: 'new', isDeclared: false }],
    ['Certificates', 'All_Certificates', { kind: 'dataset', path: 'All_Certificates' }],
    ['Certificates', 'All_Certificates.SSL', { kind: 'dataset', path: 'All_Certificates.SSL' }],
    ['Certificates', 'All_Certificates.is_SSL', { path: 'All_Certificates.SSL', isNegated: false }],
    ['Certificates', 'All_Certificates.is_not_SSL', { path: 'All_Certificates.SSL', isNegated: true }],
    ['Certificates', 'All_Certificates.SSL.dest', { kind: 'astray', meant: 'All_Certificates.dest' }],
    ['Certificates', 'All_Certificates.ssl_hash', { kind: 'astray', meant: 'All_Certificates.SSL.ssl_hash' }],
    ['Certificates', 'SSL.ssl_hash', { kind: 'astray', meant: 'All_Certificates.SSL.ssl_hash' }],
    ['Authentication', 'Failed_Authentication.user', { kind: 'astray', meant: 'Authentication.user' }],
    ['Certificates', 'dest', { kind: 'astray', meant: 'All_Certificates.dest' }],
    ['Certificates', 'sourcetype', { kind: 'plain', field: 'sourcetype' }],
    ['Certificates', '_time', { kind: 'plain' }],
    ['Certificates', 'kubernetes.dest', { kind: 'plain', field: 'kubernetes.dest' }],
    ['Certificates', '__proto__.constructor', { kind: 'plain' }],
    // All_CertificatesX is no data set, though a data set's name begins it.
    ['Certificates', 'All_CertificatesX.dest', { kind: 'plain' }],
  ])('of %s knows %s', (model, name, expected) => {
    expect(resolveDataModelName(name, builtIn.get(model)!)).toMatchObject(expected);
  });

  it('resolves the own name of every field of every model', () => {
    for (const [, model] of builtIn)
      for (const { fields } of model.datasets)
        for (const { name, owner } of fields)
          expect(resolveDataModelName(`${owner}.${name}`, model)).toEqual({
            kind: 'field',
            owner,
            field: name,
            isDeclared: true,
          });
  });
});

async function run(spl: string, events: readonly Row[], options: object = {}): Promise<object[]> {
  const plain = compileText(spl, { dataModels: builtIn, ...options });
  expect(plain.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rows = (await plain.run(events)).map((row) => ({ ...row }));
  // Rewrites change nothing.
  const slow = await compileText(spl, { dataModels: builtIn, ...options, rewrites: false }).run(events);
  expect(slow.map((row) => ({ ...row }))).toEqual(rows);
  return rows;
}

// Only the first is of the child; the second has a field of the same name all the same.
const certificates: Row[] = [
  { _time: 3600, tag: ['certificate', 'ssl'], dest: 'a', ssl_subject: 'CN=a', ssl_version: '3' },
  { _time: 7300, tag: 'certificate', dest: 'b', ssl_subject: 'CN=b', ssl_version: '3' },
  { _time: 7400, tag: 'other', dest: 'c', ssl_subject: 'CN=c' },
];

describe('fields of a child data set', () => {
  const root = 'datamodel=Certificates.All_Certificates';
  const subject = 'All_Certificates.SSL.ssl_subject';
  it.each<[string, object[]]>([
    [`count from ${root} by ${subject}`, [{ [subject]: 'CN=a', count: 1 }]],
    [`count from datamodel=Certificates by ${subject}`, [{ [subject]: 'CN=a', count: 1 }]],
    [`count from datamodel=Certificates.SSL by ${subject}`, [{ [subject]: 'CN=a', count: 1 }]],
    [
      `count from ${root} where nodename=All_Certificates.SSL by All_Certificates.dest ${subject}`,
      [{ 'All_Certificates.dest': 'a', [subject]: 'CN=a', count: 1 }],
    ],
    [
      `count from ${root} by All_Certificates.dest`,
      [
        { 'All_Certificates.dest': 'a', count: 1 },
        { 'All_Certificates.dest': 'b', count: 1 },
      ],
    ],
    [
      `fillnull_value=none count from ${root} by All_Certificates.dest ${subject}`,
      [
        { 'All_Certificates.dest': 'a', [subject]: 'CN=a', count: 1 },
        { 'All_Certificates.dest': 'b', [subject]: 'none', count: 1 },
      ],
    ],
    [`count from ${root} where ${subject}="cn=*"`, [{ count: 1 }]],
    [`count from ${root} where NOT ${subject}=*`, [{ count: 1 }]],
    [`count from ${root} where ${subject} IN ("CN=b", "CN=c")`, [{ count: 0 }]],
    [`values(${subject}) as s from ${root}`, [{ s: 'CN=a' }]],
    [`dc(${subject}) from ${root}`, [{ [`dc(${subject})`]: 1 }]],
    [
      `count(All_Certificates) as all count(All_Certificates.SSL) as tls count(SSL) as own from datamodel=Certificates.SSL`,
      [{ all: 1, tls: 1, own: 1 }],
    ],
    [`count(All_Certificates) as all count(All_Certificates.SSL) as tls from ${root}`, [{ all: 2, tls: 1 }]],
    [
      `count from ${root} by All_Certificates.is_SSL All_Certificates.is_not_SSL`,
      [
        { 'All_Certificates.is_SSL': '0', 'All_Certificates.is_not_SSL': '1', count: 1 },
        { 'All_Certificates.is_SSL': '1', 'All_Certificates.is_not_SSL': '0', count: 1 },
      ].map((row) => expect.objectContaining({ count: row.count })),
    ],
    [`count from ${root} where All_Certificates.is_SSL=1`, [{ count: 1 }]],
    [`count from ${root} by _time span=1h ${subject}`, [{ _time: 3600, [subject]: 'CN=a', count: 1 }]],
    [
      `prestats=t count from ${root} by ${subject} | stats count by ${subject}`,
      [{ [subject]: 'CN=a', count: 1 }],
    ],
    // Names that are not the field's own have no values.
    [`count from ${root} by All_Certificates.SSL.dest`, []],
    [`count from ${root} by All_Certificates.ssl_subject`, []],
    [`count from ${root} by SSL.ssl_subject`, []],
    [`count from ${root} by dest`, []],
    [`count from ${root} where dest=a`, [{ count: 0 }]],
    // Those that every event has need no data set.
    [`count from ${root} where tag=ssl`, [{ count: 1 }]],
    // The names that a subsearch gives are those of the search around it.
    [
      `count from ${root} where [| makeresults | eval "All_Certificates.dest"="a" | fields "All_Certificates.dest"]`,
      [{ count: 1 }],
    ],
    [
      `count from ${root} where NOT [| makeresults | eval x="CN=a" | rename x as "${subject}" | table "${subject}" | format] by All_Certificates.dest`,
      [{ 'All_Certificates.dest': 'b', count: 1 }],
    ],
  ])('tstats %s', async (rest, expected) => {
    expect(await run(`| tstats ${rest}`, certificates)).toEqual(expected);
  });

  it.each<[string, object[]]>([
    [
      `| datamodel Certificates SSL search | table All_Certificates.dest ${subject} dest SSL.ssl_subject`,
      [{ 'All_Certificates.dest': 'a', [subject]: 'CN=a' }],
    ],
    [
      '| datamodel Certificates All_Certificates search | table All_Certificates.dest _time tag',
      [
        { 'All_Certificates.dest': 'a', _time: 3600 },
        { 'All_Certificates.dest': 'b', _time: 7300 },
      ],
    ],
    ['| datamodel Certificates SSL flat | table dest ssl_subject', [{ dest: 'a', ssl_subject: 'CN=a' }]],
    ['| from datamodel:Certificates.SSL | table dest ssl_subject', [{ dest: 'a', ssl_subject: 'CN=a' }]],
    ['| from datamodel:"Certificates.SSL" | stats count', [{ count: 1 }]],
    [
      `| tstats count from datamodel=Certificates.SSL by ${subject} All_Certificates.dest | \`drop_dm_object_name("All_Certificates.SSL")\` | \`drop_dm_object_name("All_Certificates")\``,
      [{ ssl_subject: 'CN=a', dest: 'a', count: 1 }],
    ],
    [
      `| tstats count from datamodel=Certificates.SSL by ${subject} | \`drop_dm_object_name("All_Certificates")\``,
      [{ 'SSL.ssl_subject': 'CN=a', count: 1 }],
    ],
  ])('%s', async (spl, expected) => {
    const rows = await run(spl, certificates);
    const known = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    );
    expect(known).toEqual(expected);
  });

  it('are found among given rows of the root, which may have no tags', async () => {
    const given = [{ dest: 'a', ssl_subject: 'CN=a' }, { dest: 'b' }];
    const options = { dataModel: 'Certificates.All_Certificates' };
    const spl = `| tstats count from ${root} by All_Certificates.dest ${subject}`;
    expect(await run(spl, given, options)).toEqual([
      { 'All_Certificates.dest': 'a', [subject]: 'CN=a', count: 1 },
    ]);
  });

  it('come from those given rows that meet the constraints of the child', async () => {
    const given = [
      { action: 'failure', user: 'a' },
      { action: 'success', user: 'b' },
    ];
    const spl = '| tstats count from datamodel=Authentication.Failed_Authentication by Authentication.user';
    const expected = [{ 'Authentication.user': 'a', count: 1 }];
    for (const dataModel of ['Authentication', 'Authentication.Authentication'])
      expect(await run(spl, given, { dataModel })).toEqual(expected);
    // Rows of the child itself are all of the child.
    expect(await run(spl, given, { dataModel: 'Authentication.Failed_Authentication' })).toHaveLength(2);
  });

  it('stand behind the last name of a data set that no model describes', async () => {
    const options = { dataModel: 'internal_server.scheduler' };
    const spl =
      '| tstats count from datamodel=internal_server.scheduler by server.scheduler.status scheduler.app';
    expect(await run(spl, [{ status: 'ok', app: 'x' }], options)).toEqual([
      { 'server.scheduler.status': 'ok', 'scheduler.app': 'x', count: 1 },
    ]);
  });
});

describe('constraints and calculations', () => {
  const field = (name: string, owner: string) => ({ fieldName: name, owner, type: 'string' });
  const evaluated = (owner: string, name: string, expression: string) => ({
    calculationType: 'Eval',
    expression,
    outputFields: [field(name, owner)],
  });
  const models: DataModels = new Map([
    [
      'M',
      readDataModel(
        JSON.stringify({
          modelName: 'M',
          objects: [
            {
              objectName: 'Root',
              parentName: 'BaseEvent',
              constraints: [{ search: 'kind=*' }],
              fields: [
                field('_time', 'BaseEvent'),
                field('host', 'BaseEvent'),
                field('kind', 'Root'),
                // As Splunk writes them.
                { ...field('is_Big', 'Root'), type: 'childCount' },
                { ...field('Root', 'Root'), type: 'objectCount' },
              ],
              calculations: [evaluated('Root', 'size', 'if(bytes > 10, "big", "small")')],
            },
            {
              objectName: 'Big',
              parentName: 'Root',
              constraints: [{ search: 'size=big' }],
              fields: [],
              calculations: [evaluated('Root.Big', 'label', '"big ".kind')],
            },
            {
              objectName: 'Named',
              parentName: 'Big',
              constraints: [{ search: 'label="big x*"' }],
              fields: [],
              calculations: [evaluated('Root.Big.Named', 'name', 'upper(label)')],
            },
            {
              objectName: 'Small',
              parentName: 'Root',
              constraints: [{ search: 'size=small' }],
              fields: [],
              calculations: [evaluated('Root.Small', 'label', '"small ".kind')],
            },
          ],
        }),
      ),
    ],
  ]);
  const events: Row[] = [
    { _time: 1, kind: 'x', bytes: 20, host: 'h' },
    { _time: 2, kind: 'y', bytes: 20, host: 'h' },
    { _time: 3, kind: 'x', bytes: 5, host: 'h' },
    { _time: 4, bytes: 50, host: 'h' },
  ];
  it.each<[string, object[]]>([
    // A child's constraint sees what the parent computes.
    ['count from datamodel=M.Big', [{ count: 2 }]],
    ['count from datamodel=M where nodename=Root.Big', [{ count: 2 }]],
    // Both children compute a field of the same name.
    [
      'values(Root.Big.label) as big values(Root.Small.label) as small from datamodel=M.Root',
      [{ big: ['big x', 'big y'], small: 'small x' }],
    ],
    ['values(Root.Small.label) as small from datamodel=M.Big', [{}]],
    // A constraint of the grandchild sees what the child computes.
    ['values(Root.Big.Named.name) as name count from datamodel=M.Root', [{ name: 'BIG X', count: 3 }]],
    ['values(Root.Big.Named.name) as name count from datamodel=M.Named', [{ name: 'BIG X', count: 1 }]],
    ['count from datamodel=M where nodename=Root.Big.Named', [{ count: 1 }]],
    ['count from datamodel=M where nodename IN (Named, Small)', [{ count: 2 }]],
    ['count from datamodel=M where nodename=Root.Big NOT nodename=Named', [{ count: 1 }]],
    [
      'count from datamodel=M.Root where nodename=Root.* by nodename Root.kind',
      [
        { nodename: 'Root', 'Root.kind': 'x', count: 2 },
        { nodename: 'Root', 'Root.kind': 'y', count: 1 },
        { nodename: 'Root.Big', 'Root.kind': 'x', count: 1 },
        { nodename: 'Root.Big', 'Root.kind': 'y', count: 1 },
        { nodename: 'Root.Big.Named', 'Root.kind': 'x', count: 1 },
        { nodename: 'Root.Small', 'Root.kind': 'x', count: 1 },
      ],
    ],
    ['count(Root.Big) as n from datamodel=M where Root.is_Big=1 Root.is_Small=0', [{ n: 2 }]],
    ['count from datamodel=M by host', [{ host: 'h', count: 3 }]],
    [
      'count from datamodel=M by Root.size',
      [
        { 'Root.size': 'big', count: 2 },
        { 'Root.size': 'small', count: 1 },
      ],
    ],
  ])('tstats %s', async (rest, expected) => {
    const rows = await run(`| tstats ${rest}`, events, { dataModels: models });
    expect(rows).toEqual(expected);
  });

  it('leave fields that every event has without a prefix', async () => {
    const rows = await run(
      '| datamodel M Named search | table host Root.kind Root.Big.label Root.Big.Named.name',
      events,
      {
        dataModels: models,
      },
    );
    expect(rows).toEqual([
      { host: 'h', 'Root.kind': 'x', 'Root.Big.label': 'big x', 'Root.Big.Named.name': 'BIG X' },
    ]);
  });
});

it('a model with several roots is read at the one whose fields are named', async () => {
  const events: Row[] = [{ _time: 1, tag: ['endpoint', 'filesystem'], file_name: 'x', action: 'created' }];
  expect(await run('| tstats count from datamodel=Endpoint by Filesystem.file_name', events)).toEqual([
    { 'Filesystem.file_name': 'x', count: 1 },
  ]);
});
