// Where a repository keeps the last local result of each of its tests, which `detc test` writes and pages show.
import { join } from 'node:path';

/** Folder for what detc notes down beside content; it is ignored by git. */
export const notesFolder = (root: string): string => join(root, '.detc-cache');

/** The report with the last results, in the shape of `detc test --reporter json`. */
export const lastResultsFile = (root: string): string => join(notesFolder(root), 'results.json');
