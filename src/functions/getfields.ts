// The eval function getfields.

import { type JsonValue, stringifyJson } from '../runtime/json.js';
import { textOf } from '../runtime/multivalue.js';
import { wildcard } from '../runtime/pattern.js';
import { defineFunction } from './function.js';
import { jsonOfValue } from './json-value.js';

export const getfields = defineFunction({
  name: 'getfields',
  summary:
    'Gives the fields of the event as a JSON object, all or those that a bracketed list of names or wildcards lets through.',
  source: 'Informational functions',
  usage: 'getfields(<filter>)',
  parameters: { min: 0, max: 1 },
  returns: 'string',
  nulls: 'receive',
  style: 'eager',
  evaluate: (context, filter) => {
    const list = /^\s*\[(.*)\]\s*$/s.exec(textOf(filter) ?? '')?.[1];
    const tests = list?.split(',').map((name) => wildcard(name.trim().replace(/^"(.*)"$/, '$1'), true));
    const out = new Map<string, JsonValue>();
    for (const name of context.fieldNames?.() ?? []) {
      const value = context.field(name);
      if (value === null || value === undefined || (tests !== undefined && !tests.some((test) => test(name))))
        continue;
      out.set(name, jsonOfValue(value, true));
    }
    return stringifyJson(out);
  },
  pure: false,
  examples: [
    {
      expression: 'getfields("[host, src*]")',
      fields: { host: 'h1', src_ip: '10.0.0.1', user: 'bob' },
      result: '{"host":"h1","src_ip":"10.0.0.1"}',
    },
  ],
});
