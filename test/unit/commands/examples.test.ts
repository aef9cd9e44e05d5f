// The examples of every command are run; every command has a plan or says why it cannot be run.
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/commands/index.js';
import { compileText } from '../../../src/evaluate.js';
import type { Row } from '../../../src/runtime/value.js';

const examples = commands.flatMap((command) =>
  command.examples.map((example) => ({ name: `${command.name}: ${example.title}`, example })),
);

describe('commands', () => {
  test.each(examples)('$name', async ({ example }) => {
    const compiled = compileText(example.spl, {
      savedSearches: new Map(Object.entries(example.savedSearches ?? {})),
    });
    expect(compiled.diagnostics).toEqual([]);
    const rows = await compiled.run(structuredClone((example.input ?? []) as Row[]), {
      now: example.now ?? 0,
      ...(example.lookups === undefined ? {} : { lookups: example.lookups }),
    });
    expect(rows.map((row) => ({ ...row }))).toEqual(example.output);
  });

  test.each(commands.filter((command) => command.plan !== undefined))('$name has an example', (command) => {
    expect(command.examples).not.toEqual([]);
  });

  test.each(commands)('$name has a plan or a reason', (command) => {
    expect((command.plan === undefined) !== (command.unsupported === undefined)).toBe(true);
  });
});
