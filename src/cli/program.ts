// Puts the commands together and decides the exit code: 0 clean, 1 content has errors, 2 wrong usage, 3 our fault or the machine's.
import { Command, CommanderError } from 'commander';
import { printable } from '../diagnostic/printable.js';
import { packageVersion } from '../package-root.js';

/** Adds one command to the program. Every file in src/cli/commands/ exports one of these as `register`. */
export type Register = (program: Command) => void;

/** Every command with its module, in the order of the help; only the one that is called is loaded. */
const commands: ReadonlyMap<string, () => Promise<{ readonly register: Register }>> = new Map([
  ['validate', () => import('./commands/validate.js')],
  ['build', () => import('./commands/build.js')],
  ['test', () => import('./commands/test.js')],
  ['run', () => import('./commands/run.js')],
  ['explain', () => import('./commands/explain.js')],
  ['docs', () => import('./commands/docs.js')],
  ['init', () => import('./commands/init.js')],
  ['new', () => import('./commands/new.js')],
  ['schema', () => import('./commands/schema.js')],
]);

/** `-C <dir>` may stand before the command, as in git and make. */
function commandFirst(args: readonly string[]): readonly string[] {
  const [option, folder, command, ...rest] = args;
  if (!/^(?:-C|--content)$/.test(option ?? '') || folder === undefined || command === undefined) return args;
  return [command, option as string, folder, ...rest];
}

/** Faults of disks and pipes in words; the path stands beside them. */
const systemFaults: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the quota of the disk is used up',
  EEXIST: 'it is already there',
  EISDIR: 'it is a folder',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'it is not allowed',
  EROFS: 'the disk is read-only',
};

/** What is said of a file or pipe that the system refuses; undefined for any other error. */
export function systemFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const why = code === undefined || !Object.hasOwn(systemFaults, code) ? undefined : systemFaults[code];
  if (why === undefined || syscall === undefined) return undefined;
  const where = dest ?? path;
  return `error: cannot ${syscall === 'write' ? 'write' : 'use'} ${where === undefined ? 'the output' : `"${printable(where)}"`}: ${why}\n`;
}

/** Faults that no other use of the command would avoid, though they are not ours either. */
const machineFaults = new Set(['EDQUOT', 'EMFILE', 'ENOSPC']);

const isMachines = (error: unknown): boolean =>
  error instanceof Error && machineFaults.has((error as NodeJS.ErrnoException).code ?? '');

/** What is said of a fault of ours; the stack is for those who look for it. */
function faultText(error: unknown): string {
  if (!(error instanceof Error)) return `bug: ${String(error)}\n`;
  if ((process.env['DETC_DEBUG'] ?? '') !== '') return `bug: ${error.stack ?? error.message}\n`;
  return `bug: ${error.message}\n  this is a fault of detc; with DETC_DEBUG=1 it says where\n`;
}

/** A reader that has seen enough, such as head, ends the program quietly; a full disk is told. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  process.stderr.write(systemFault(error) ?? `error: cannot write the output: ${error.message}\n`);
  process.exit(3);
}

/** Makes the program; `run` sets `process.exitCode` and never throws. */
export function createProgram(): { run(args: readonly string[]): Promise<void> } {
  const program = new Command('detc')
    .description('Checks Splunk detections, compiles them, and runs their SPL on local log files.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    // What is refused is quoted, and may be no name that a person typed.
    .configureOutput({
      outputError: (text, write) => write(text.split('\n').map(printable).join('\n')),
    })
    .showSuggestionAfterError(true);
  return {
    async run(given) {
      const args = commandFirst(given);
      process.stdout.off('error', onOutputError).on('error', onOutputError);
      try {
        const called = commands.get(args[0] ?? '');
        const asked = /^(-V|--version)$/.test(args[0] ?? '') ? [] : commands.values();
        for (const load of called ? [called] : asked) (await load()).register(program);
        await program.parseAsync([...args], { from: 'user' });
      } catch (error) {
        if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
        else {
          const refused = (process.env['DETC_DEBUG'] ?? '') === '' ? systemFault(error) : undefined;
          process.stderr.write(refused ?? faultText(error));
          process.exitCode = refused === undefined || isMachines(error) ? 3 : 2;
        }
      }
    },
  };
}
