// Runs test/spl/**/*.spltest, each case with rewrites on, off and as an emitted module; UPDATE=1 writes what comes out.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { searchDiagnostics } from '../src/compile-search.js';
import { codeFrame } from '../src/diagnostic/code-frame.js';
import { type CompiledSearch, compileText } from '../src/evaluate.js';
import type { Environment } from '../src/runtime/environment.js';
import { MissingInput } from '../src/runtime/lookup.js';
import type { Row } from '../src/runtime/value.js';
import { builtinMacros } from '../src/syntax/builtin-macros.js';
import { macroTable } from '../src/syntax/macros.js';
import { parseScript, printScript, type ScriptCase } from './spl-script.js';

const folder = join(import.meta.dirname, 'spl');
const root = join(import.meta.dirname, '..');
/** Where the modules of a file are written; the runner compiles and imports them like any other. */
const emitted = join(root, 'dist/spl-cases');
mkdirSync(emitted, { recursive: true });
afterAll(() => rmSync(emitted, { recursive: true, force: true }));

type Way = 'rewritten' | 'plain' | 'module';
type Run = (events: Row[], environment: Environment) => Promise<Row[]>;

let modules = 0;
/** Runs a search as the module that is emitted for it. */
async function asModule(compiled: CompiledSearch): Promise<Run> {
  const path = join(emitted, `case${++modules}.ts`);
  writeFileSync(path, compiled.module({ runtime: join(root, 'src/evaluator-runtime.ts') }));
  return ((await import(pathToFileURL(path).href)) as { run: Run }).run;
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.spltest'),
);

/** What a case gives: its rows, its first fault as the compiler prints it, or the fault that ends its run. */
async function resultOf(item: ScriptCase, way: Way): Promise<{ rows?: string[]; error?: string[] }> {
  const macros = macroTable(
    builtinMacros,
    item.macros.map((macro) => ({
      name: macro.name,
      arguments: macro.arguments,
      definition: macro.definition,
    })),
  );
  const compiled = compileText(item.spl, { macros, rewrites: way !== 'plain' });
  const fault = searchDiagnostics(compiled, item.spl, 'search', {})[0];
  if (fault !== undefined) {
    const line = item.spl.split('\n')[fault.line - 1] ?? '';
    return {
      error: [
        `search:${fault.line}:${fault.column}: ${fault.severity}[${fault.code}]: ${fault.message}`,
        ...codeFrame(line, fault)
          .split('\n')
          .filter((text) => text.trim() !== ''),
        ...(fault.help === undefined ? [] : [`help: ${fault.help}`]),
      ],
    };
  }
  const events = item.data.map((line) => JSON.parse(line) as Row);
  try {
    const run: Run = way === 'module' ? await asModule(compiled) : compiled.run;
    const rows = await run(events, { now: item.now });
    return { rows: rows.map((row) => JSON.stringify(row)) };
  } catch (error) {
    if (error instanceof MissingInput) return { error: [`error: ${error.message}`] };
    throw error;
  }
}

describe.each(files)('%s', (file) => {
  const path = join(folder, file);
  const script = parseScript(readFileSync(path, 'utf8'));
  if (process.env['UPDATE'] !== undefined) {
    test('is updated', async () => {
      for (const item of script.cases) item.expected = await resultOf(item, 'rewritten');
      writeFileSync(path, printScript(script));
    });
    return;
  }
  test.each(script.cases)('$spl', async (item) => {
    expect(item.expected, 'the case says what is expected').toBeDefined();
    for (const way of ['rewritten', 'plain', 'module'] as const)
      expect(await resultOf(item, way), way).toEqual(item.expected);
  });
});
