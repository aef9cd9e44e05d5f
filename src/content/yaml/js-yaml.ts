// The YAML parser in the build that it has for `require`: its other one, of the same text, copies objects by `...`, which
// makes reading events take four times as long in Node 20.
import { createRequire } from 'node:module';

const parser = createRequire(import.meta.url)('js-yaml') as typeof import('js-yaml');

export const { CHOMPING_MODE, EVENT_ID, SCALAR_STYLE, YAMLException, getScalarValue, parseEvents } = parser;
