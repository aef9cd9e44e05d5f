// Compiles the JSON schemas to modules of validators, so that no run of the program compiles them again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { Ajv2020 } = require('ajv/dist/2020.js');
const { _ } = require('ajv');
const { default: standalone } = require('ajv/dist/standalone');

/**
 * Writes validators/<schema>.cjs into the compiled folder of src/content: formats → validator. Each stands alone, for a
 * run seldom needs them all.
 */
export async function compileValidators(folder) {
  const { formats, readSchema, schemaNames, validatorOptions } = await import(
    pathToFileURL(join(folder, 'schema.js')).href
  );
  mkdirSync(join(folder, 'validators'), { recursive: true });
  for (const name of schemaNames) {
    const ajv = new Ajv2020({ ...validatorOptions, code: { source: true, formats: _`formats` } });
    for (const [format, check] of Object.entries(formats)) ajv.addFormat(format, check);
    ajv.addSchema(readSchema('common'));
    ajv.addSchema(readSchema(name), name);
    const code = standalone(ajv, { validate: name });
    writeFileSync(
      join(folder, 'validators', `${name}.cjs`),
      `module.exports = (formats) => {\nconst exports = {};\n${code}\nreturn exports.validate;\n};\n`,
    );
  }
}
