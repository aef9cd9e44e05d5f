// The JSON Schemas of content files, with the validators that the package's build made of them.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { programFolder } from '../package-root.js';

/** The kinds of file that have a schema; the name of the schema file. */
export const schemaNames = [
  'detection',
  'macro',
  'lookup',
  'story',
  'baseline',
  'investigation',
  'data-source',
  'deployment',
  'schedule',
  'dashboard',
  'playbook',
  'removed',
  'deprecation-mapping',
  'contentctl',
  'build',
  'detc',
  'expectation',
] as const;
export type SchemaName = (typeof schemaNames)[number];

/** A JSON Schema as far as this program looks into it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  /** First dialect in which the demand holds; older files are only warned. */
  readonly 'x-since'?: string;
  /** True or false, as a boolean or as text. */
  readonly 'x-flag'?: boolean;
  readonly [keyword: string]: unknown;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a day of the calendar as `2026-05-13`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const texts = new Map<string, JsonSchema>();

/** Reads a schema file; `common` holds what several share. */
export function readSchema(name: SchemaName | 'common'): JsonSchema {
  let schema = texts.get(name);
  if (schema === undefined) {
    const file = join(programFolder(), 'content', 'schemas', `${name}.schema.json`);
    schema = JSON.parse(readFileSync(file, 'utf8')) as JsonSchema;
    texts.set(name, schema);
  }
  return schema;
}

/** Options of ajv, for validators that are compiled here as for those that scripts/build.mjs compiles ahead. */
export const validatorOptions = {
  allErrors: true,
  verbose: true,
  strict: false,
  validateSchema: false,
  inlineRefs: false,
} as const;

/** The formats that the schemas name. */
export const formats = { uuid, date: isDay } as const;

const require = createRequire(import.meta.url);
const validators: Partial<Record<SchemaName, ValidateFunction>> = {};
let ajv: Ajv2020 | undefined;

/** Returns the validator of a kind: compiling one takes longer than checking a repository with it. */
export function validator(name: SchemaName): ValidateFunction {
  validators[name] ??= compiledAhead(name) ?? compile(name);
  return validators[name];
}

/** What the package's build compiled; nothing when this runs from the sources. */
function compiledAhead(name: SchemaName): ValidateFunction | undefined {
  const file = join(programFolder(), 'content', 'validators', `${name}.cjs`);
  if (!existsSync(file)) return undefined;
  return (require(file) as (formats: Readonly<Record<string, unknown>>) => ValidateFunction)(formats);
}

function compile(name: SchemaName): ValidateFunction {
  if (ajv === undefined) {
    const { Ajv2020: Ajv } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
    ajv = new Ajv(validatorOptions);
    for (const [format, check] of Object.entries(formats)) ajv.addFormat(format, check);
    ajv.addSchema(readSchema('common'));
  }
  return ajv.compile(readSchema(name));
}

/** Follows `$ref` to the definition it names. */
export function resolveRef(schema: JsonSchema | undefined): JsonSchema | undefined {
  const name = schema?.$ref === undefined ? undefined : /#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1];
  if (name === undefined) return schema;
  return { ...readSchema('common').$defs?.[name], ...schema };
}

/** The schema that holds for the value at a path, as far as properties and items tell. */
export function schemaAt(name: SchemaName, path: readonly (string | number)[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = readSchema(name);
  for (const segment of path) {
    schema = resolveRef(schema);
    if (schema === undefined) return undefined;
    schema = typeof segment === 'number' ? schema.items : schema.properties?.[segment];
  }
  return resolveRef(schema);
}
