// Search macros that apps define in macros.conf.
import { confBoolean } from '../conf/read.js';
import type { MacroDefinition } from '../syntax/macros.js';
import type { Stanzas } from './layers.js';

/** Reads macros.conf (Admin Manual): `[name]` or `[name(n)]` with `args`, `definition`, `iseval`, `validation`. */
export function readMacros(macros: Stanzas): MacroDefinition[] {
  const found: MacroDefinition[] = [];
  for (const [stanza, settings] of macros) {
    const get = (key: string): string | undefined => settings.get(key)?.value;
    const definition = get('definition');
    if (definition === undefined) continue;
    const validation = get('validation');
    const errorMessage = get('errormsg');
    found.push({
      name: stanza.replace(/\(\d+\)$/, ''),
      arguments: (get('args') ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
      definition,
      isEval: confBoolean(get('iseval'), false),
      ...(validation === undefined ? {} : { validation }),
      ...(errorMessage === undefined ? {} : { errorMessage }),
    });
  }
  return found;
}
