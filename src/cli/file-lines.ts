// What a search read, as lines of text: every file with its format, source types, and records that are not as they should be.

import type { FileReport } from '../dataset/dataset.js';
import { counted } from '../diagnostic/counted.js';
import { printable } from '../diagnostic/printable.js';

/** Files that are told of one by one. */
const MOST_FILES = 100;
/** Source types that are named of a file. */
const MOST_TYPES = 5;

/** A line for every file, and one that counts those beyond the first hundred. */
export function fileLines(files: readonly FileReport[]): string {
  const more = files.length - MOST_FILES;
  return (
    files
      .slice(0, MOST_FILES)
      .map((file) => `  ${fileLine(file)}\n`)
      .join('') + (more > 0 ? `  and ${counted(more, 'more file')}\n` : '')
  );
}

function fileLine(file: FileReport): string {
  const counts = [
    counted(file.events, 'event'),
    `${file.skipped} skipped unread`,
    counted(file.broken, 'broken record'),
    ...(file.dropped > 0 ? [`${file.dropped} too long to read`] : []),
    `${file.timeless} without a time`,
  ];
  const kind = file.format === 'empty' ? 'empty' : `${formatText(file)}; ${typesText(file)}`;
  return `${printable(file.file)}: ${kind}; ${counts.join(', ')}`;
}

function formatText({ format, formatKnownBy }: FileReport): string {
  return `format ${format} (${formatKnownBy === 'told' ? 'as told' : 'seen in its content'})`;
}

const sources: Readonly<Record<FileReport['knownBy'], string>> = {
  told: 'as told',
  content: 'seen in its content',
  default: 'that of the format',
};

function typesText({ sourcetypes, knownBy, format }: FileReport): string {
  if (sourcetypes.length === 0)
    return format === 'event-rows' ? 'source types as the rows say' : 'no source type seen';
  const named = sourcetypes.slice(0, MOST_TYPES).map(printable).join(', ');
  const more = sourcetypes.length - MOST_TYPES;
  // Records of several source types each say their own.
  const how = sourcetypes.length > 1 && knownBy === 'default' ? sources.content : sources[knownBy];
  return `source type${sourcetypes.length === 1 ? '' : 's'} ${named}${more > 0 ? ` and ${more} more` : ''} (${how})`;
}
