// Schemas as editors want them: one file each, with the names of the repository at hand as choices.
import type { Repository } from './model.js';
import { type JsonSchema, readSchema, type SchemaName } from './schema.js';

type Mutable = Record<string, unknown>;

/** Which files of a repository each schema is for, as globs. */
export const schemaGlobs: Readonly<Record<SchemaName, readonly string[]>> = {
  detection: ['detections/**/*.yml'],
  macro: ['macros/**/*.yml'],
  lookup: ['lookups/**/*.yml'],
  story: ['stories/**/*.yml'],
  baseline: ['baselines/**/*.yml'],
  investigation: ['investigations/**/*.yml', 'response_tasks/**/*.yml'],
  'data-source': ['data_sources/**/*.yml'],
  deployment: ['deployments/**/*.yml'],
  schedule: ['schedules/**/*.yml'],
  dashboard: ['dashboards/**/*.yml'],
  playbook: ['playbooks/**/*.yml'],
  removed: ['removed/*/**/*.yml'],
  'deprecation-mapping': ['removed/deprecation_mapping*'],
  contentctl: ['contentctl.yml'],
  // From the top of the repository: workflows are often called the same.
  build: ['/build.yml'],
  detc: ['detc.yml'],
  expectation: ['tests/**/*.yml'],
};

/**
 * Returns a schema without references to other files. With a repository its stories, data sources, baselines, detections,
 * schedules and macros are listed as choices where content names them.
 */
export function editorSchema(name: SchemaName, repository?: Repository): JsonSchema {
  const definitions: Mutable = {};
  const schema = inline(readSchema(name), definitions) as Mutable;
  if (repository !== undefined) addNames(name, schema, definitions, repository);
  const { $schema, title, ...rest } = schema;
  return { $schema, title, ...rest, $defs: definitions } as JsonSchema;
}

/** Copies a schema; what it uses of the common definitions is gathered. */
function inline(node: unknown, definitions: Mutable): unknown {
  if (Array.isArray(node)) return node.map((item) => inline(item, definitions));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Mutable = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === '$id' || key.startsWith('x-')) continue;
    if (key !== '$ref' || typeof value !== 'string') {
      copy[key] = inline(value, definitions);
      continue;
    }
    const used = value.slice(value.lastIndexOf('/') + 1);
    copy[key] = `#/$defs/${used}`;
    if (used in definitions) continue;
    definitions[used] = {};
    definitions[used] = inline(readSchema('common').$defs?.[used], definitions);
  }
  return copy;
}

function addNames(name: SchemaName, schema: Mutable, definitions: Mutable, repository: Repository): void {
  const names = (objects: readonly { readonly name: string }[]): string[] =>
    [...new Set(objects.map((object) => object.name).filter((text) => text !== ''))].sort();
  const choices = (list: readonly string[]): Mutable => ({
    type: 'array',
    items: { type: 'string', enum: list },
  });
  const stories = names(repository.stories);
  const sources = names(repository.dataSources);
  const set = (path: readonly string[], value: Mutable): void => {
    let node: Mutable | undefined = schema;
    for (const key of path.slice(0, -1)) {
      const properties: unknown = node?.['properties'];
      node = (properties as Mutable | undefined)?.[key] as Mutable | undefined;
    }
    const properties = node?.['properties'] as Mutable | undefined;
    const last = path.at(-1) ?? '';
    if (properties !== undefined && last in properties) properties[last] = value;
  };
  if (stories.length > 0) {
    set(['tags', 'analytic_story'], choices(stories));
    set(['analytic_story'], choices(stories));
  }
  if (sources.length > 0) {
    const source = { type: 'string', anyOf: [{ enum: sources }, { pattern: ' AND ' }] };
    set(['data_source'], { type: 'array', items: source });
  }
  if (name === 'detection') {
    set(['baselines'], choices(names(repository.baselines)));
    const schedules = names(repository.schedules);
    if (schedules.length > 0) set(['schedule'], { type: 'string', enum: schedules });
  }
  if (name === 'baseline') set(['tags', 'detections'], choices(names(repository.detections)));
  const replacements = choices(names([...repository.detections, ...repository.stories]));
  for (const key of ['deprecationInfo', 'deprecationEntries']) {
    const definition = definitions[key] as Mutable | undefined;
    const holder = (definition?.['items'] ?? definition) as Mutable | undefined;
    const properties = holder?.['properties'] as Mutable | undefined;
    if (properties !== undefined) properties['replacement_content'] = replacements;
  }
  // Macros stand inside searches, where a schema cannot look; tools find their names here.
  if (name === 'detection' || name === 'baseline') {
    definitions['macroName'] = { type: 'string', enum: names(repository.macros) };
  }
}
