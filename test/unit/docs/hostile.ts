// Content that tries to get out of its place: each payload stands in every text of a repository.
import type { Repository } from '../../../src/content/model.js';
import { dataSource, detection, lookup, macro, noTags, repository, story } from './sample.js';

/** Each sets `window.hacked` or changes the page when a renderer takes it for markup. */
export const payloads: readonly string[] = [
  '<script>window.hacked=1</script>',
  '"><script>window.hacked=1</script>',
  "'><img src=x onerror=window.hacked=1>",
  '<img src=x onerror="window.hacked=1">',
  '<svg/onload=window.hacked=1>',
  '<a href="javascript:window.hacked=1">x</a>',
  '[x](javascript:window.hacked=1)',
  '[x](  javascript:window.hacked=1)',
  '[x](<javascript:window.hacked=1>)',
  '![x](x "onerror=window.hacked=1")',
  '![x](javascript:window.hacked=1)',
  '[x]: javascript:window.hacked=1\n\n[x]',
  '<javascript:window.hacked=1>',
  '`a` <script>window.hacked=1</script> `b`',
  '`a <script>window.hacked=1</script> b',
  '\\`<script>window.hacked=1</script>\\`',
  '``<script>window.hacked=1</script>`',
  'a | b `|` <script>window.hacked=1</script> |',
  '```\n<script>window.hacked=1</script>',
  '~~~\n</code></pre><script>window.hacked=1</script>',
  '    <script>window.hacked=1</script>',
  '</script><script>window.hacked=1</script>',
  '--><script>window.hacked=1</script>',
  '<!-- ',
  '<![CDATA[ <script>window.hacked=1</script>',
  '</div></details></main></body>',
  '<style>*{display:none}</style>',
  '{{ site.secret }} {% include secret.html %} {{{{ x }}}} {%{%',
  '{% raw %}{{ page.title }}{% endraw %}',
  '{: onclick="window.hacked=1"}',
  '{::nomarkdown}<script>window.hacked=1</script>{:/}',
  'text\n{: onmouseover="window.hacked=1" style="position:fixed"}',
  '&lt;script&gt;window.hacked=1&lt;/script&gt;',
  '&#60;script>window.hacked=1</script>',
  'title: x\nlayout: evil\n---\n\'" : # { [ * & ! | > % @',
  '---\n\n# heading\n\n---',
  '$x$ $$\\text{<script>window.hacked=1</script>}$$',
  '\u202Eevil\u2028line\u0000nul\u001b[31m',
  '__proto__',
];

/** A repository whose every text is one payload. */
export function hostile(payload: string, n: number): Repository {
  const dangerous = `javascript:window.hacked=1//${payload}`;
  return repository({
    app: { ...repository({}).app, title: payload, description: payload, version: payload },
    detections: [
      detection(payload, {
        file: `detections/endpoint/hostile_${n}.yml`,
        author: payload,
        id: payload,
        type: payload,
        description: payload,
        explanation: `more ${payload}`,
        modificationDate: payload,
        howToImplement: payload,
        knownFalsePositives: payload,
        search: `index=x ${payload} | \`named(${payload.replaceAll('`', '')})\` | eval a="${payload}" | lookup tab x`,
        dataSources: [payload],
        references: [payload, dangerous, `https://example.com/${payload}`],
        risk: {
          message: payload,
          score: 1,
          riskObjects: [{ field: payload, type: payload, score: 1, message: payload }],
          threatObjects: [{ field: payload, type: payload }],
        },
        finding: { title: payload, entity: { field: payload, type: payload, score: 1 } },
        drilldowns: [{ name: payload, search: payload, earliestOffset: payload, latestOffset: payload }],
        tests: [
          {
            name: payload,
            description: payload,
            testType: 'unit',
            attackData: [{ data: payload, source: payload, sourcetype: payload }, { data: dangerous }],
          },
        ],
        tags: {
          ...noTags,
          analyticStories: [payload],
          mitreAttackIds: [payload, 'T1059'],
          products: [payload],
          cves: [payload],
          securityDomain: payload,
          assetType: payload,
          nist: [payload],
          cis20: [payload],
          killChainPhases: [payload],
          requiredFields: [payload],
          datasets: n % 2 === 0 ? [payload] : [],
          ...(n % 3 === 0 ? { impact: 1, confidence: 1 } : {}),
        },
      }),
    ],
    stories: [
      story(payload, {
        description: payload,
        narrative: payload,
        categories: [payload],
        products: [payload],
        references: [payload, dangerous],
        author: payload,
        usecase: payload,
      }),
    ],
    macros: [
      macro('named', payload, { description: payload, arguments: [payload] }),
      macro(payload, payload, { description: payload }),
    ],
    lookups: [lookup('tab', { description: payload, filename: payload, fields: [payload] })],
    dataSources: [
      dataSource(payload, { source: payload, sourcetype: payload, supportedTA: [{ name: payload }] }),
    ],
  });
}
