// Compiles the JSON schemas to one module of validators, so that no run of the program compiles them again.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { Ajv2020 } = require('ajv/dist/2020.js');
const { _ } = require('ajv');
const { default: standalone } = require('ajv/dist/standalone');

/** Writes validators.cjs into the compiled folder of src/content: formats → validators by name of the schema. */
export async function compileValidators(folder) {
  const { formats, readSchema, schemaNames, validatorOptions } = await import(
    pathToFileURL(join(folder, 'schema.js')).href
  );
  const ajv = new Ajv2020({ ...validatorOptions, code: { source: true, formats: _`formats` } });
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  ajv.addSchema(readSchema('common'));
  for (const name of schemaNames) ajv.addSchema(readSchema(name), name);
  // Schemas are added under their names, which are no identifiers; the code exports them under letters.
  const letters = Object.fromEntries(schemaNames.map((name, index) => [`v${index}`, name]));
  const code = standalone(ajv, letters);
  const exported = schemaNames.map((name, index) => `${JSON.stringify(name)}: exports.v${index}`).join(', ');
  writeFileSync(
    join(folder, 'validators.cjs'),
    `module.exports = (formats) => {\nconst exports = {};\n${code}\nreturn { ${exported} };\n};\n`,
  );
}
