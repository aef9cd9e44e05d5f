// The bucketdir command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Replaces a path by its longest part that many results share. */
export const bucketdir = defineCommand({
  name: 'bucketdir',
  summary: 'Replaces a path by its longest part that many results share.',
  source: 'Search Reference: bucketdir',
  type: 'streaming',
  grammar: text,
  fields: (_, input) => input,
  unsupported: 'its choice of directories is not published',
});
