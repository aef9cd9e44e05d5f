// A playbook has its code beside it.
import { jsonFault, placeInText } from '../diagnostic/json-fault.js';
import { defineRule } from './rule.js';

export const playbookFile = defineRule({
  code: 'playbook-file',
  severity: 'error',
  summary: 'A playbook has a .json and a .py file of the same stem beside it, the first of them JSON.',
  source: 'contentctl: .json and .py beside a playbook',
  docs: 'Export the playbook from Splunk SOAR and unpack it beside the YAML file.',
  examples: {
    pass: [{ title: 'both files', files: {} }],
    fail: [
      {
        title: 'no code',
        files: { 'playbooks/block_host.py': null },
        found: ['playbooks/block_host.yml:1:7: file "playbooks/block_host.py" of the playbook is not there'],
      },
      {
        title: 'no JSON',
        files: { 'playbooks/block_host.json': '{\n  "blocks": [1, 2,]\n}\n' },
        found: ['playbooks/block_host.json:2:19: file is no JSON'],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind !== 'playbook') return;
    for (const ending of ['.json', '.py']) {
      const file = object.file.replace(/\.ya?ml$/i, ending);
      const bytes = ending === '.json' ? context.readFile(file) : undefined;
      if (bytes === undefined && !context.hasFile(file)) {
        report(object.at.value(['name']), `file "${file}" of the playbook is not there`);
        continue;
      }
      if (bytes === undefined) continue;
      const text = new TextDecoder().decode(bytes);
      const fault = jsonFault(text);
      if (fault !== undefined) report(placeInText(file, text, fault), 'file is no JSON');
    }
  },
});
