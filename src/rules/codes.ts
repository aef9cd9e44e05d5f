// What every code that can be printed in brackets means.
import type { RuleDescription } from '../diagnostic/report/sarif.js';
import { rules } from './index.js';

const builtIn: readonly RuleDescription[] = [
  { code: 'file', summary: 'A file can be read, is not too large and lies in the repository.' },
  { code: 'yaml', summary: 'A file is YAML in UTF-8, without repeated keys.' },
  { code: 'schema', summary: 'A file has the keys and values that its kind of content asks for.' },
  { code: 'syntax', summary: 'A search follows the grammar of SPL.' },
  { code: 'unknown-command', summary: 'Every command of a search exists.' },
  { code: 'unknown-function', summary: 'Every function of a search exists.' },
  { code: 'unknown-macro', summary: 'Every macro that a search calls is defined.' },
  { code: 'argument-count', summary: 'Functions and macros are given as many arguments as they take.' },
  { code: 'argument-type', summary: 'Functions and options are given values of the type they take.' },
  { code: 'invalid-regex', summary: 'Every regular expression compiles.' },
  { code: 'recursive-macro', summary: 'No macro calls itself, directly or through others.' },
  { code: 'unsupported', summary: 'Splunk takes it, the local evaluator does not yet.' },
  {
    code: 'ignore-comment',
    summary: 'A comment `# detc-ignore` names rules that there are, and something below it that they report.',
  },
];

/** Descriptions of all codes, those of rules included. */
export function describeCodes(): RuleDescription[] {
  return [...builtIn, ...rules.map(({ code, summary, docs }) => ({ code, summary, docs }))];
}
