// The eval function json_entries.
import { type JsonValue, stringifyJson } from '../runtime/json.js';
import { defineFunction } from './function.js';
import { documentOf } from './json-value.js';

export const json_entries = defineFunction({
  name: 'json_entries',
  summary: 'Gives the members of a JSON object as an array of objects with key and value.',
  source: 'JSON functions',
  usage: 'json_entries(<json>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, json) => {
    const document = documentOf(json);
    if (!(document instanceof Map)) return null;
    return stringifyJson(
      Array.from(document).map(
        ([key, value]) =>
          new Map<string, JsonValue>([
            ['key', key],
            ['value', value],
          ]),
      ),
    );
  },
  pure: true,
  examples: [
    {
      expression: 'json_entries(j)',
      fields: { j: '{"a":1,"b":"x"}' },
      result: '[{"key":"a","value":1},{"key":"b","value":"x"}]',
    },
  ],
});
