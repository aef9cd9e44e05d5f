// The cyberchef command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs a CyberChef recipe on a field. */
export const cyberchef = defineCommand({
  name: 'cyberchef',
  summary: 'Runs a CyberChef recipe on a field.',
  source: 'CyberChef for Splunk: cyberchef',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it needs the CyberChef app',
});
