// What every `--help` ends with: commands to copy, and what the exit codes mean.
import type { Command } from 'commander';

/**
 * Adds examples to the help of a command.
 *
 * @param examples   a command line and, where it does not speak for itself, what it does
 * @param exitCodes  what 0 and 1 mean; 2 and 3 are the same everywhere
 */
export function withExamples(
  command: Command,
  examples: readonly (readonly [line: string, does?: string])[],
  exitCodes: string,
): Command {
  const lined = examples.filter(([line, does]) => does !== undefined && line.length <= 60);
  const width = Math.max(0, ...lined.map(([line]) => line.length));
  const lines = examples.map(([line, does]) => {
    if (does === undefined) return `  ${line}`;
    return line.length <= 60 ? `  ${line.padEnd(width)}   ${does}` : `  ${line}\n      ${does}`;
  });
  return command.addHelpText(
    'after',
    `\nExamples:\n${lines.join('\n')}\n\nExit codes: ${exitCodes}, 2 wrong usage, 3 a fault of detc`,
  );
}
