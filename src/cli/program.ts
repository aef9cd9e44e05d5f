// Puts the commands together and decides the exit code: 0 clean, 1 content has errors, 2 wrong usage, 3 our fault.
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-root.js';
import { register as build } from './commands/build.js';
import { register as docs } from './commands/docs.js';
import { register as init } from './commands/init.js';
import { register as newContent } from './commands/new.js';
import { register as schema } from './commands/schema.js';
import { register as test } from './commands/test.js';
import { register as validate } from './commands/validate.js';

/** Adds one command to the program. Every file in src/cli/commands/ exports one of these as `register`. */
export type Register = (program: Command) => void;

const commands: readonly Register[] = [validate, build, test, docs, init, newContent, schema];

/** Makes the program; `run` sets `process.exitCode` and never throws. */
export function createProgram(): { run(args: readonly string[]): Promise<void> } {
  const program = new Command('detc')
    .description('Checks Splunk detections, compiles them, and runs their SPL on local log files.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showSuggestionAfterError(true);
  for (const register of commands) register(program);
  return {
    async run(args) {
      try {
        await program.parseAsync([...args], { from: 'user' });
      } catch (error) {
        if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
        else {
          process.stderr.write(
            `bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
          );
          process.exitCode = 3;
        }
      }
    },
  };
}
