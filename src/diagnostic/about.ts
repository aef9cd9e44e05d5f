// Which keys of a file a fault of it is about.
import type { Diagnostic } from './diagnostic.js';

/** Whether a fault is about one of some keys, about what one of them holds, or about what holds one of them. */
export const isAbout = ({ about = [] }: Pick<Diagnostic, 'about'>, keys: readonly string[]): boolean =>
  about.some((faulty) =>
    keys.some((key) => key === faulty || key.startsWith(`${faulty}.`) || faulty.startsWith(`${key}.`)),
  );
