// The loadjob command.
import { anyFields } from '../syntax/field-set.js';
import { checkedText } from '../syntax/grammar.js';
import { booleanOption, countOption, formedOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Reads the results of an earlier search. */
export const loadjob = defineCommand({
  name: 'loadjob',
  summary: 'Reads the results of an earlier search.',
  source: 'Search Reference: loadjob',
  type: 'generating',
  grammar: checkedText('the id of a search or savedsearch=', {
    events: booleanOption,
    job_delegate: textOption,
    artifact_offset: countOption,
    ignore_running: booleanOption,
    savedsearch: formedOption(
      '<user>:<app>:<search>',
      /^[^:]*:[^:]*:./s,
      'a user, an app and a search with colons between',
    ),
  }),
  fields: () => anyFields,
  unsupported: 'it reads results that lie on a search head',
});
