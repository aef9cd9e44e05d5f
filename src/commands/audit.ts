// The audit command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Checks the audit trail. */
export const audit = defineCommand({
  name: 'audit',
  summary: 'Checks the audit trail.',
  source: 'Search Reference: audit',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads the audit trail of a server',
});
