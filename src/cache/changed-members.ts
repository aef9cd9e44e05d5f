// Which members of an object an edit has changed, told from what is stored of it.
import type { StoredFile } from '../content/stored-file.js';

interface Known {
  readonly stored: Omit<StoredFile, 'late'>;
  readonly late: string;
}

/** Names of the members that are not the same; a member with members of its own counts as one. */
export function changedMembers(before: Known, after: Known): string[] {
  const [then, now] = [membersOf(before), membersOf(after)];
  return [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
}

/** Members as JSON; those that are stored in two parts as both. */
function membersOf({ stored, late }: Known): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  const parts = [stored.object ?? {}, late === '' ? {} : (JSON.parse(late) as object)];
  for (const part of parts)
    for (const [name, value] of Object.entries(part))
      members.set(name, `${members.get(name) ?? ''}\n${JSON.stringify(value)}`);
  return members;
}
