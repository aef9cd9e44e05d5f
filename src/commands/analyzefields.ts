// The analyzefields command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Scores how well numeric fields predict a class. */
export const analyzefields = defineCommand({
  name: 'analyzefields',
  aliases: ['af'],
  summary: 'Scores how well numeric fields predict a class.',
  source: 'Search Reference: analyzefields',
  type: 'transforming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'its measure is not published',
});
