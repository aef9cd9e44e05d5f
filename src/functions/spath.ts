// The eval function spath.
import { textOf } from '../runtime/multivalue.js';
import { spath as select } from '../runtime/spath.js';
import { defineFunction } from './function.js';

export const spath = defineFunction({
  name: 'spath',
  summary: 'Gives the values at a path of a JSON or XML text.',
  source: 'Text functions',
  usage: 'spath(<value>,<path>)',
  parameters: { min: 2, max: 2 },
  returns: 'any',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, path) => {
    const text = textOf(value);
    const steps = textOf(path);
    return text === null || steps === null ? null : select(text, steps);
  },
  pure: true,
  examples: [
    {
      expression: 'spath(j, "e.tags{}.text")',
      fields: { j: '{"e":{"tags":[{"text":"a"},{"text":"b"}]}}' },
      result: ['a', 'b'],
    },
    {
      title: 'XML',
      expression: 'spath(x, "p.d.l")',
      fields: { x: '<p><d><l>Precios</l><l>Prix</l></d></p>' },
      result: ['Precios', 'Prix'],
    },
    {
      title: 'an attribute',
      expression: 'spath(x, "p.l{2}{@lang}")',
      fields: { x: '<p><l lang="es">a</l><l lang="fr">b</l></p>' },
      result: 'fr',
    },
    { title: 'an object', expression: 'spath(j, "a")', fields: { j: '{"a": {"b": 1}}' }, result: '{"b": 1}' },
  ],
});
