// $field$ tokens of messages, titles and drilldowns are closed.
import type { Detection, Path } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const tokenText = defineRule({
  code: 'token-text',
  severity: 'warning',
  summary:
    'Every "$" of a risk message, finding title or drilldown begins or ends a $field$, and titles have one.',
  source: 'ESCU 6 schema: `$` is balanced, and there is at least 1 token; drilldowns were never checked',
  docs: 'Splunk replaces `$field$` by the value of the result. A token that is not closed is shown, or searched, as it is.',
  examples: {
    pass: [
      { title: 'a share name in a message', files: { [base.rba]: edit('ran without', 'used C$ without') } },
    ],
    fail: [
      {
        title: 'an open token of a drilldown',
        files: { [base.rba]: edit('object="$user$"', 'object="$user"') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:25:76: token "$user" is not closed with "$"',
        ],
      },
      {
        title: 'a title without token',
        files: {
          [base.findings]: edit(
            'title: $parent_process_name$ started $process_name$ on $dest$',
            'title: A shell was started',
          ),
        },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:32:12: "A shell was started" has no $field$',
        ],
      },
    ],
  },
  detection(detection, report) {
    for (const { path, text, needsToken } of textsOf(detection)) {
      for (const match of text.matchAll(/\$[^\s$"'(),|=]+\$|\$([A-Za-z_][\w.]*)/g)) {
        if (match[1] === undefined) continue;
        const span = { start: match.index, end: match.index + match[0].length };
        report(detection.at.span(path, span), `token "${match[0]}" is not closed with "$"`);
      }
      if (needsToken && text !== '' && !/\$[^\s$]+\$/.test(text)) {
        report(detection.at.value(path), `"${text}" has no $field$`);
      }
    }
  },
});

interface TokenText {
  readonly path: Path;
  readonly text: string;
  readonly needsToken: boolean;
}

function* textsOf(detection: Detection): Iterable<TokenText> {
  const { finding, intermediateFindings, risk } = detection;
  if (finding !== undefined) yield { path: ['finding', 'title'], text: finding.title, needsToken: true };
  for (const [index, { message }] of intermediateFindings.entries()) {
    yield { path: ['intermediateFindings', index, 'message'], text: message ?? '', needsToken: true };
  }
  if (finding === undefined && intermediateFindings.length === 0) {
    yield { path: ['risk', 'message'], text: risk?.message ?? '', needsToken: false };
  }
  for (const [index, { name, search }] of detection.drilldowns.entries()) {
    yield { path: ['drilldowns', index, 'name'], text: name, needsToken: false };
    yield { path: ['drilldowns', index, 'search'], text: search, needsToken: false };
  }
}
