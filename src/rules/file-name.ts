// The file name follows from the name.
import { invisible } from './characters.js';
import { stemFor } from './context.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const fileName = defineRule({
  code: 'file-name',
  severity: 'error',
  summary: 'The file name is the name in lower case, with "_" for blanks, "-", "." and "/".',
  source: 'contentctl: file name equals name; 4.x did not look at lookups and investigations',
  docs:
    'The filter macro of a detection, its page and its evaluator are named after the file. Rename the file, or the ' +
    'object; the macro `<file name>_filter` in the search must follow.',
  examples: {
    pass: [{ title: 'names and files that agree', files: {} }],
    fail: [
      {
        title: 'another name',
        files: { [base.oldest]: edit('name: Long URLs', 'name: Long URLs 2') },
        found: [
          'detections/web/long_urls.yml:1:7: file for name "Long URLs 2" must be "long_urls_2.yml", found "long_urls.yml"',
        ],
      },
      {
        title: 'an ending that other tools skip',
        files: { 'macros/x.yaml': 'name: x\ndefinition: index=x\ndescription: d\n' },
        found: ['macros/x.yaml:1:7: file for name "x" must be "x.yml", found "x.yaml"'],
      },
    ],
  },
  content(object, report, { isFaulty }) {
    if (object.name === '') return;
    // Deployments of 2022 have tags, by which they are found, and file names of their own.
    if (object.kind === 'deployment' && (Object.keys(object.tags).length > 0 || isFaulty(object.file)))
      return;
    const expected = `${stemFor(object.name)}.yml`;
    const found = object.file.slice(object.file.lastIndexOf('/') + 1);
    // What cannot be seen in a name is told by itself.
    if (found === expected || invisible.test(object.name)) return;
    const lenient =
      object.kind === 'lookup' ||
      object.kind === 'investigation' ||
      object.kind === 'deployment' ||
      object.kind === 'schedule' ||
      object.kind === 'removed' ||
      object.dialect === '2022' ||
      found.toLowerCase() === expected ||
      /\.yaml$/i.test(found);
    report(
      object.at.value(['name']),
      `file for name "${object.name}" must be "${expected}", found "${found}"`,
      {
        ...(lenient ? { severity: 'warning' as const } : {}),
      },
    );
  },
});
