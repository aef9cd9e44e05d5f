// Reads Splunk's data-model JSON into data sets whose inheritance is already worked out.
import type { Calculation, DataModel, DataModelDataset, DataModelField } from './data-model.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const FIELD_TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'timestamp',
  'ipv4',
  'objectCount',
  'childCount',
]);

/** Data sets deeper than this are cut off: no model nests so far, and a cycle would never end. */
const MAX_DEPTH = 32;

/**
 * Reads one data-model JSON text as Splunk writes it (`modelName`, `objects` with `parentName`, `constraints`,
 * `baseSearch`, `fields`, `calculations`). Unknown keys are ignored; throws a SyntaxError for text that is not a
 * model at all.
 */
export function readDataModel(text: string): DataModel {
  const root = asRecord(JSON.parse(text) as Json);
  const name = asText(root.get('modelName'));
  if (name === undefined) throw new SyntaxError('data model has no "modelName"');
  const objects = new Map<string, ReadonlyMap<string, Json>>();
  for (const object of asList(root.get('objects'))) {
    const record = asRecord(object);
    const objectName = asText(record.get('objectName'));
    if (objectName !== undefined) objects.set(objectName, record);
  }
  return {
    name,
    displayName: asText(root.get('displayName')) ?? name,
    datasets: [...objects.keys()].map((objectName) => readDataset(objectName, objects)),
  };
}

function readDataset(
  name: string,
  objects: ReadonlyMap<string, ReadonlyMap<string, Json>>,
): DataModelDataset {
  const lineage: string[] = [];
  for (let at: string | undefined = name; at !== undefined && objects.has(at); ) {
    if (lineage.length === MAX_DEPTH || lineage.includes(at)) break;
    lineage.unshift(at);
    at = asText(objects.get(at)?.get('parentName'));
  }
  const fields = new Map<string, DataModelField>();
  let calculations: Calculation[] = [];
  let baseSearch: string | undefined;
  for (const [depth, ancestor] of lineage.entries()) {
    const object = objects.get(ancestor);
    if (object === undefined) continue;
    baseSearch = asText(object.get('baseSearch')) ?? baseSearch;
    const path = lineage.slice(0, depth + 1).join('.');
    for (const field of asList(object.get('fields'))) readField(field, path, fields);
    calculations = asList(object.get('calculations')).flatMap(
      (calculation) => readCalculation(asRecord(calculation), path, fields) ?? [],
    );
  }
  const own = objects.get(name);
  const constraints = asList(own?.get('constraints')).flatMap((constraint) => {
    const search = asText(asRecord(constraint).get('search'));
    return search === undefined || search.trim() === '' ? [] : [search];
  });
  return {
    name,
    displayName: asText(own?.get('displayName')) ?? name,
    lineage,
    constraints,
    ...(baseSearch === undefined ? {} : { baseSearch }),
    fields: [...fields.values()],
    calculations,
  };
}

/** Reads a field that the data set with a path declares, or one that it says another declares. */
function readField(json: Json, path: string, fields: Map<string, DataModelField>): void {
  const record = asRecord(json);
  const name = asText(record.get('fieldName'));
  if (name === undefined) return;
  const owner = asText(record.get('owner')) ?? path;
  const type = asText(record.get('type')) ?? 'string';
  fields.set(name, {
    name,
    owner: /^Base(?:Event|Search|Transaction)$/.test(owner) ? '' : isWithin(path, owner) ? owner : path,
    type: FIELD_TYPES.has(type) ? (type as DataModelField['type']) : 'string',
    ...(record.get('multivalue') === true ? { multivalue: true } : {}),
  });
}

/** Whether a path is that of a data set itself or of one below it. */
function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`);
}

/** Reads a calculation of the data set with a path, and the fields that it gives. */
function readCalculation(
  record: ReadonlyMap<string, Json>,
  path: string,
  fields: Map<string, DataModelField>,
): Calculation | undefined {
  const outputs = asList(record.get('outputFields'));
  for (const output of outputs) readField(output, path, fields);
  const records = outputs.map(asRecord);
  const names = records.flatMap((output) => asText(output.get('fieldName')) ?? []);
  const expression = asText(record.get('expression'));
  switch (asText(record.get('calculationType'))?.toLowerCase()) {
    case 'eval': {
      const field = names[0];
      return field === undefined || expression === undefined
        ? undefined
        : { kind: 'eval', field, expression };
    }
    case 'rex': {
      const field = asText(record.get('inputField')) ?? '_raw';
      return expression === undefined ? undefined : { kind: 'rex', field, expression, outputs: names };
    }
    case 'lookup': {
      const lookup = asText(record.get('lookupName'));
      if (lookup === undefined) return undefined;
      return {
        kind: 'lookup',
        lookup,
        inputs: lookupInputs(record),
        outputs: records.flatMap((output) => {
          const field = asText(output.get('fieldName'));
          const lookupField = asText(output.get('lookupOutputFieldName')) ?? field;
          return field === undefined || lookupField === undefined ? [] : [{ lookupField, field }];
        }),
      };
    }
    default:
      // GeoIP needs a database; its outputs are declared and stay empty.
      return undefined;
  }
}

function lookupInputs(record: ReadonlyMap<string, Json>): { lookupField: string; field: string }[] {
  const listed = asList(record.get('lookupInputs')).map(asRecord);
  // Before version 6.5 a lookup had one input, written beside the other keys.
  const inputs = listed.length > 0 ? listed : [record];
  return inputs.flatMap((input) => {
    const field = asText(input.get('inputField'));
    const lookupField = asText(input.get('lookupField')) ?? field;
    return field === undefined || lookupField === undefined ? [] : [{ lookupField, field }];
  });
}

function asRecord(json: Json | undefined): ReadonlyMap<string, Json> {
  return json !== null && typeof json === 'object' && !isList(json)
    ? new Map(Object.entries(json))
    : new Map();
}

function asList(json: Json | undefined): readonly Json[] {
  return isList(json) ? json : [];
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function asText(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}
