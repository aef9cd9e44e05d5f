// Detections run no commands that change data, send messages or run programs.
import { walkPipeline } from '../syntax/walk.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const riskyCommand = defineRule({
  code: 'risky-command',
  severity: 'warning',
  summary: 'Searches use no command that deletes events, runs programs or sends data away.',
  source: 'Securing Splunk: SPL safeguards for risky commands',
  docs:
    'Splunk asks before it runs such a command from a link, and administrators take the right to run them away. A ' +
    'scheduled search that depends on one fails there, or does harm.',
  examples: {
    pass: [
      {
        title: 'writing a lookup, as baselines do',
        files: { [base.rba]: edit('| `rundll32', '| outputlookup seen_countries | `rundll32') },
      },
    ],
    fail: [
      {
        title: 'a mail from a search',
        files: { [base.rba]: edit('| `rundll32', '| sendemail to=a@example.org | `rundll32') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:14:5: command "sendemail" sends mail from inside of the search; use an alert action',
        ],
      },
    ],
  },
  isByCommand: true,
  search({ analysis, locate }, report) {
    walkPipeline(analysis.pipeline, {
      command({ name, nameSpan }) {
        const reason = risks.get(name);
        if (reason === undefined) return;
        const { place, notes } = locate(nameSpan);
        report(place, `command "${name}" ${reason}`, { notes });
      },
    });
  },
});

const risks: ReadonlyMap<string, string> = new Map([
  ['delete', 'hides events for ever'],
  ['script', 'runs a program on the search head'],
  ['runshellscript', 'runs a program on the search head'],
  ['dump', 'writes files on the search head'],
  ['tscollect', 'writes files on the indexers'],
  ['outputcsv', 'writes files on the search head'],
  ['input', 'changes inputs of the server'],
  ['sendemail', 'sends mail from inside of the search; use an alert action'],
  ['sendalert', 'starts an alert action from inside of the search; let the saved search do it'],
  ['dbxoutput', 'writes to a database'],
  ['curl', 'sends data to another server'],
]);
