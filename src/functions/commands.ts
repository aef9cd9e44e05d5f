// The eval function commands.
import { fromValues, textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

function namesOf(search: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  const close = (end: number) => {
    const part = search.slice(start, end).trim();
    // without a leading pipe the first command is search, written or not
    const name = start === 0 ? (part === '' ? '' : 'search') : (/^[A-Za-z_]\w*/.exec(part)?.[0] ?? '');
    if (name !== '') names.push(name.toLowerCase());
    start = end + 1;
  };
  for (let i = 0; i < search.length; i++) {
    const c = search[i];
    if (c === '\\') i++;
    else if (c === '"') {
      const end = search.slice(i + 1).search(/(?<!\\)"/);
      i = end < 0 ? search.length : i + 1 + end;
    } else if (c === '[') depth++;
    else if (c === ']') depth--;
    else if (c === '|' && depth <= 0) close(i);
  }
  close(search.length);
  return names;
}

export const commands = defineFunction({
  name: 'commands',
  summary: 'Gives the names of the commands of a search text.',
  source: 'Multivalue eval functions',
  usage: 'commands(<str>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    const text = textOf(value);
    return text === null ? null : fromValues(namesOf(text));
  },
  pure: true,
  examples: [
    { expression: 'commands("search foo | stats count | sort count")', result: ['search', 'stats', 'sort'] },
    {
      title: 'pipes in quotation marks and brackets',
      expression: 'commands(s)',
      fields: { s: '| makeresults | append [search a | head 1] | eval x="a|b"' },
      result: ['makeresults', 'append', 'eval'],
    },
    { title: 'an implied search', expression: 'commands("error 404")', result: 'search' },
  ],
});
