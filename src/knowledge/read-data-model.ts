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
  const constraints: string[] = [];
  const fields = new Map<string, DataModelField>();
  const calculations: Calculation[] = [];
  let baseSearch: string | undefined;
  for (const ancestor of lineage) {
    const object = objects.get(ancestor);
    if (object === undefined) continue;
    baseSearch = asText(object.get('baseSearch')) ?? baseSearch;
    for (const constraint of asList(object.get('constraints'))) {
      const search = asText(asRecord(constraint).get('search'));
      if (search !== undefined && search.trim() !== '') constraints.push(search);
    }
    for (const field of asList(object.get('fields'))) readField(field, fields);
    for (const calculation of asList(object.get('calculations')))
      readCalculation(asRecord(calculation), fields, calculations);
  }
  const own = objects.get(name);
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

function readField(json: Json, fields: Map<string, DataModelField>): void {
  const record = asRecord(json);
  const name = asText(record.get('fieldName'));
  if (name === undefined) return;
  const type = asText(record.get('type')) ?? 'string';
  fields.set(name, {
    name,
    type: FIELD_TYPES.has(type) ? (type as DataModelField['type']) : 'string',
    ...(record.get('multivalue') === true ? { multivalue: true } : {}),
  });
}

function readCalculation(
  record: ReadonlyMap<string, Json>,
  fields: Map<string, DataModelField>,
  calculations: Calculation[],
): void {
  const outputs = asList(record.get('outputFields')).map(asRecord);
  const names = outputs.flatMap((output) => asText(output.get('fieldName')) ?? []);
  const expression = asText(record.get('expression'));
  switch (asText(record.get('calculationType'))?.toLowerCase()) {
    case 'eval': {
      const field = names[0];
      if (field === undefined || expression === undefined) return;
      calculations.push({ kind: 'eval', field, expression });
      break;
    }
    case 'rex': {
      const field = asText(record.get('inputField')) ?? '_raw';
      if (expression === undefined) return;
      calculations.push({ kind: 'rex', field, expression, outputs: names });
      break;
    }
    case 'lookup': {
      const lookup = asText(record.get('lookupName'));
      if (lookup === undefined) return;
      calculations.push({
        kind: 'lookup',
        lookup,
        inputs: lookupInputs(record),
        outputs: outputs.flatMap((output) => {
          const field = asText(output.get('fieldName'));
          const lookupField = asText(output.get('lookupOutputFieldName')) ?? field;
          return field === undefined || lookupField === undefined ? [] : [{ lookupField, field }];
        }),
      });
      break;
    }
    default:
      // GeoIP needs a database; its outputs are declared and stay empty.
      break;
  }
  for (const output of asList(record.get('outputFields'))) readField(output, fields);
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
