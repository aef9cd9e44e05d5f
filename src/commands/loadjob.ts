// The loadjob command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Reads the results of an earlier search. */
export const loadjob = defineCommand({
  name: 'loadjob',
  summary: 'Reads the results of an earlier search.',
  source: 'Search Reference: loadjob',
  type: 'generating',
  grammar: requiredText('the id of a search or savedsearch='),
  fields: () => anyFields,
  unsupported: 'it reads results that lie on a search head',
});
