// The arguments of a macro and the $arguments$ in its definition agree.
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const macroArguments = defineRule({
  code: 'macro-arguments',
  severity: 'warning',
  summary: 'Every $argument$ in a macro is declared, and every declared argument is used.',
  source: 'Splunk Knowledge Manager Manual, "Use search macros in searches"; macros.conf.spec',
  docs: 'Splunk replaces only declared arguments. `$x$` of another name stays in the search as it is.',
  examples: {
    pass: [{ title: 'an argument in its place', files: {} }],
    fail: [
      {
        title: 'an argument of another name',
        files: { 'macros/ctime.yml': edit('ctime($field$)', 'ctime($feild$)') },
        found: [
          'macros/ctime.yml:8:58: argument "$feild$" is not declared',
          'macros/ctime.yml:10:3: argument "field" is not used in the definition',
        ],
      },
    ],
  },
  content(object, report, { isFaulty }) {
    if (object.kind !== 'macro' || isFaulty(object.file) || object.definition === '') return;
    const declared = new Set(object.arguments);
    const used = new Set<string>();
    if (declared.size > 0) {
      for (const match of object.definition.matchAll(/\$([A-Za-z_]\w*)\$/g)) {
        const name = match[1] ?? '';
        used.add(name);
        if (declared.has(name)) continue;
        const span = { start: match.index, end: match.index + match[0].length };
        const help = didYouMean(name, declared);
        report(object.at.span(['definition'], span), `argument "${match[0]}" is not declared`, { help });
      }
    }
    for (const [index, name] of object.arguments.entries()) {
      if (used.has(name)) continue;
      report(object.at.value(['arguments', index]), `argument "${name}" is not used in the definition`);
    }
  },
});
