// Data models: what is built in, and what a model's JSON means.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileText } from '../../../src/evaluate.js';
import { loadDataModels } from '../../../src/knowledge/load-data-models.js';
import { readDataModel } from '../../../src/knowledge/read-data-model.js';

const dataset = (model: string, name: string) =>
  loadDataModels()
    .get(model)
    ?.datasets.find((d) => d.name === name);

describe('built-in data models', () => {
  it('all read, and every data set has a lineage and fields', () => {
    for (const [name, model] of loadDataModels()) {
      expect(model.name).toBe(name);
      for (const set of model.datasets) expect(set.lineage.at(-1)).toBe(set.name);
    }
    expect(loadDataModels().size).toBeGreaterThanOrEqual(33);
  });

  it('inherit fields, each under the name of the data set that declares it', () => {
    const created = dataset('Change', 'Accounts_Created');
    expect(created?.lineage).toEqual(['All_Changes', 'Account_Management', 'Accounts_Created']);
    expect(created?.constraints).toEqual(['action="created"']);
    const owners = new Map(created?.fields.map((field) => [field.name, field.owner]));
    expect(owners.get('object_category')).toBe('All_Changes');
    expect(owners.get('src_user')).toBe('All_Changes.Account_Management');
    expect(created?.fields.map((f) => f.name)).toEqual(
      expect.arrayContaining(['object_category', 'src_user', 'tag']),
    );
  });

  it('keep the base search of data sets that have one', () => {
    expect(dataset('Endpoint', 'Processes')?.baseSearch).toMatch(/^tag=process tag=report/);
    expect(dataset('Endpoint', 'Processes')?.constraints).toEqual([]);
  });

  it('know all three kinds of calculation', () => {
    const kinds = (model: string, set: string) =>
      new Set(dataset(model, set)?.calculations.map((c) => c.kind));
    expect([...kinds('Web', 'Web')].sort()).toEqual(['eval', 'rex']);
    expect([...kinds('Network_Resolution', 'DNS')].sort()).toEqual(['eval', 'lookup']);
  });

  it.each(['toString', '__proto__', 'endpoint', ''])('do not know %j', (name) => {
    expect(loadDataModels().get(name)).toBeUndefined();
  });
});

describe('readDataModel', () => {
  it('ends at a parent cycle', () => {
    const text =
      '{"modelName":"M","objects":[{"objectName":"A","parentName":"B"},{"objectName":"B","parentName":"A"}]}';
    expect(readDataModel(text).datasets.map((d) => d.lineage)).toEqual([
      ['B', 'A'],
      ['A', 'B'],
    ]);
  });

  it.each(['[]', '{}', '{', '{"modelName":1}'])('refuses %s', (text) => {
    expect(() => readDataModel(text)).toThrow(SyntaxError);
  });
});

describe('loadDataModels', () => {
  it("lets an app's model replace the built-in one, and local/ replace default/", () => {
    const app = mkdtempSync(join(tmpdir(), 'models-'));
    for (const [folder, label] of [
      ['default', 'one'],
      ['local', 'two'],
    ] as const) {
      mkdirSync(join(app, folder, 'data/models'), { recursive: true });
      writeFileSync(
        join(app, folder, 'data/models/Web.json'),
        JSON.stringify({ modelName: 'Web', displayName: label, objects: [] }),
      );
    }
    const models = loadDataModels([app]);
    expect(models.get('Web')?.displayName).toBe('two');
    expect(models.get('Email')?.datasets.length).toBeGreaterThan(0);
  });

  it('names the file of a model that cannot be read, when it is used', () => {
    const app = mkdtempSync(join(tmpdir(), 'models-'));
    mkdirSync(join(app, 'default/data/models'), { recursive: true });
    writeFileSync(join(app, 'default/data/models/Web.json'), '{');
    const models = loadDataModels([app]);
    expect(models.has('Web')).toBe(true);
    expect(() => models.get('Web')).toThrow(
      /Web\.json:1:1: error\[data-model\]: the data model cannot be read/,
    );
  });
});

it.each<[constraint: string, count: number]>([
  ['index=*', 1],
  ['(index=* OR index=_audit) tag=x', 2],
  ['index=_* tag=x', 2],
  ['index IN (*, _internal)', 2],
])('of the internal indexes %s finds those that it names', async (search, count) => {
  const text = JSON.stringify({
    modelName: 'M',
    objects: [{ objectName: 'A', parentName: 'BaseEvent', constraints: [{ search }] }],
  });
  const events = ['main', '_internal', '_audit'].map((index) => ({ _time: 1, tag: 'x', index }));
  const counted = compileText('| tstats count from datamodel=M.A', {
    dataModels: new Map([['M', readDataModel(text)]]),
  });
  expect((await counted.run(events)).map((row) => ({ ...row }))).toEqual([{ count }]);
});

describe('nodename', () => {
  const event = (action: string, user: string) => ({
    _time: 1,
    tag: ['authentication', ...(user === 'root' ? ['privileged'] : [])],
    action,
    user,
    app: 'ssh',
  });
  const events = [event('failure', 'a'), event('success', 'b'), event('failure', 'root')];
  it.each<[string, object[]]>([
    ['datamodel=Authentication.Authentication where nodename=Authentication', [{ count: 3 }]],
    ['datamodel=Authentication where nodename=Authentication.Failed_Authentication', [{ count: 2 }]],
    ['datamodel=Authentication where nodename="authentication.successful*"', [{ count: 1 }]],
    ['datamodel=Authentication where NOT nodename=Authentication.Failed_Authentication', [{ count: 1 }]],
    [
      'datamodel=Authentication where nodename IN (Authentication.Privileged_Authentication, Authentication.Successful_Authentication)',
      [{ count: 2 }],
    ],
    [
      'datamodel=Authentication where nodename=Authentication.Failed_Authentication Authentication.user=root',
      [{ count: 1 }],
    ],
    ['datamodel=Authentication where nodename=Authentication.Nothing', [{ count: 0 }]],
    [
      'datamodel=Authentication.Privileged_Authentication by nodename',
      [
        { nodename: 'Authentication.Privileged_Authentication', count: 1 },
        { nodename: 'Authentication.Privileged_Authentication.Failed_Privileged_Authentication', count: 1 },
      ],
    ],
    // Of several roots the one that is asked for.
    ['datamodel=Endpoint where nodename=Processes', [{ count: 0 }]],
  ])('from %s', async (from, expected) => {
    const search = compileText(`| tstats count from ${from}`, { dataModels: loadDataModels() });
    expect(search.diagnostics).toEqual([]);
    expect((await search.run(events)).map((row) => ({ ...row }))).toEqual(expected);
  });
});
