// Runs test/spl/**/*.spltest, each case with rewrites on and off; UPDATE=1 writes what comes out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { searchDiagnostics } from '../src/compile-search.js';
import { codeFrame } from '../src/diagnostic/code-frame.js';
import { compileText } from '../src/evaluate.js';
import { MissingInput } from '../src/runtime/lookup.js';
import type { Row } from '../src/runtime/value.js';
import { builtinMacros } from '../src/syntax/builtin-macros.js';
import { macroTable } from '../src/syntax/macros.js';
import { parseScript, printScript, type ScriptCase } from './spl-script.js';

const folder = join(import.meta.dirname, 'spl');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.spltest'),
);

/** What a case gives: its rows, its first fault as the compiler prints it, or the fault that ends its run. */
async function resultOf(item: ScriptCase, rewrites: boolean): Promise<{ rows?: string[]; error?: string[] }> {
  const macros = macroTable(
    builtinMacros,
    item.macros.map((macro) => ({
      name: macro.name,
      arguments: macro.arguments,
      definition: macro.definition,
    })),
  );
  const compiled = compileText(item.spl, { macros, rewrites });
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
    const rows = await compiled.run(events, { now: item.now });
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
      for (const item of script.cases) item.expected = await resultOf(item, true);
      writeFileSync(path, printScript(script));
    });
    return;
  }
  test.each(script.cases)('$spl', async (item) => {
    expect(item.expected, 'the case says what is expected').toBeDefined();
    expect(await resultOf(item, true)).toEqual(item.expected);
    expect(await resultOf(item, false)).toEqual(item.expected);
  });
});
