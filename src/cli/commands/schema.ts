// detc schema: prints the JSON Schema of a kind of content.
import type { Command } from 'commander';
import { findRepository } from '../../content/config.js';
import { editorSchema, schemaGlobs } from '../../content/editor-schema.js';
import { loadRepository } from '../../content/load.js';
import { type SchemaName, schemaNames } from '../../content/schema.js';
import { oneOf } from '../arguments.js';
import { contentFolder, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';

/** Adds `detc schema`. */
export function register(program: Command): void {
  const command = program
    .command('schema')
    .description('prints the JSON Schema of a kind of content, with the names of the repository as choices');
  const readName = oneOf(command, 'detc schema', schemaNames);
  command.argument('[kind]', 'without it the kinds are listed', (text: string) =>
    readName(text.replaceAll('_', '-')),
  );
  withContentOption(command).action(
    (kind: SchemaName | undefined, options: { readonly content?: string }) => {
      if (kind === undefined) {
        const width = Math.max(...schemaNames.map((name) => name.length));
        const lines = schemaNames.map((name) => `${name.padEnd(width)}  ${schemaGlobs[name].join(' ')}\n`);
        process.stdout.write(lines.join(''));
        return;
      }
      const named = options.content !== undefined;
      const root = named ? contentFolder(command, options.content) : findRepository(process.cwd());
      const repository = root === undefined ? undefined : loadRepository(root).content;
      process.stdout.write(`${JSON.stringify(editorSchema(kind, repository), undefined, 2)}\n`);
    },
  );
  withExamples(
    command,
    [
      ['detc schema', 'the kinds'],
      ['detc schema detection > detection.schema.json', 'for editors and other tools'],
    ],
    '0 printed',
  );
}
