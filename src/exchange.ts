// Exchanges two folders by one system call, which Node itself does not offer.
import { execFileSync } from 'node:child_process';
import { lstatSync, renameSync } from 'node:fs';

/** Numbers of renameat2 (Linux) and renameatx_np (macOS). */
const systemCalls: Readonly<Record<string, readonly [number: number, here: number]>> = {
  'linux-x64': [316, -100],
  'linux-arm64': [276, -100],
  'linux-riscv64': [276, -100],
  'linux-loong64': [276, -100],
  'linux-arm': [382, -100],
  'linux-s390x': [347, -100],
  'linux-ppc64': [357, -100],
  'darwin-x64': [488, -2],
  'darwin-arm64': [488, -2],
};

/** Interpreters that can make the call; both flags, RENAME_EXCHANGE and RENAME_SWAP, are 2. */
const helpers: readonly ((
  call: readonly [number, number],
) => readonly [program: string, ...start: string[]])[] = [
  ([number, here]) => [
    '/usr/bin/perl',
    '-e',
    `exit(syscall(${number}, ${here}, $ARGV[0], ${here}, $ARGV[1], 2) == 0 ? 0 : 1)`,
  ],
  ([number, here]) => [
    '/usr/bin/python3',
    '-IS',
    '-c',
    `import ctypes,os,sys\na=[os.fsencode(x) for x in sys.argv[1:]]\nsys.exit(ctypes.CDLL(None).syscall(${number},${here},a[0],${here},a[1],2)!=0)`,
  ],
];

/**
 * Exchanges two existing folders of one file system.
 *
 * By one system call where perl or python can make it, which is on nearly every Linux and macOS; elsewhere by renames,
 * with a moment in which `target` does not exist (it then lies at `<staging>~`).
 */
export function exchange(staging: string, target: string): void {
  const before = lstatSync(staging).ino;
  const isDone = () => lstatSync(target).ino === before;
  const call = systemCalls[`${process.platform}-${process.arch}`];
  for (const helper of call ? helpers : []) {
    const [program, ...start] = helper(call!);
    try {
      execFileSync(program, [...start, staging, target], { stdio: 'ignore', timeout: 10_000 });
    } catch {
      // Not installed, or refused by the file system: the next way, unless it has been done after all.
    }
    if (isDone()) return;
  }
  const aside = `${staging}~`;
  renameSync(target, aside);
  renameSync(staging, target);
  renameSync(aside, staging);
}
