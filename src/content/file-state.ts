// Whether a file is the one that an earlier build read, told from its state where that is beyond doubt.

/** What is looked at of a file. What the system gives besides takes ten times the room, and there are thousands. */
export interface FileStats {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** Size, times of change in milliseconds since 1970, number in its file system, and whether all that can be trusted. */
export type FileState = readonly [
  size: number,
  mtime: number,
  ctime: number,
  inode: number,
  isSettled: boolean,
];

/** A file that changed less than this before it was read may change again within the same tick of its clock. */
const unsettled = 2000;

/**
 * The state of a file.
 *
 * A time of change that is recent, or in the future, says nothing of a second change soon after: such a file is read
 * again by the next build (the rule of git for its index, Documentation/technical/racy-git). The coarsest clock of a
 * file system in use ticks every two seconds (FAT).
 */
export function stateOf({ size, mtimeMs, ctimeMs, ino }: FileStats, now: number): FileState {
  return [size, mtimeMs, ctimeMs, ino, isSettled({ mtimeMs, ctimeMs }, now)];
}

/** Whether a file had not changed for so long before a time that a change after it shows. */
export const isSettled = (
  { mtimeMs, ctimeMs }: Pick<FileStats, 'mtimeMs' | 'ctimeMs'>,
  now: number,
): boolean => Math.max(mtimeMs, ctimeMs) < now - unsettled;

/** Whether a file cannot have changed since a state was noted. */
export const isUnchanged = (then: FileState, now: FileState): boolean =>
  then[4] && then[0] === now[0] && then[1] === now[1] && then[2] === now[2] && then[3] === now[3];

export const isEqual = (one: FileState, other: FileState): boolean =>
  one.every((value, index) => value === other[index]);
