// Detections name exactly the three products (a policy of ESCU).
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

const wanted = ['Splunk Enterprise', 'Splunk Enterprise Security', 'Splunk Cloud'];

export const productSet = defineRule({
  code: 'product-set',
  severity: 'off',
  summary:
    'A detection names Splunk Enterprise, Splunk Enterprise Security and Splunk Cloud, and no other product.',
  source: 'ESCU 6 schema: product is exactly the three',
  docs: 'Content of ESCU runs on all three. Other publishers may serve fewer.',
  restsOn: ['product', 'tags.product'],
  examples: {
    pass: [{ title: 'all three', files: { [base.oldest]: null } }],
    fail: [
      {
        title: 'one of them',
        files: { [base.oldest]: edit('date:', 'date:') },
        found: [
          'detections/web/long_urls.yml:39:3: products must be "Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud", found "Splunk Enterprise"',
        ],
      },
    ],
  },
  detection(detection, report) {
    const { products } = detection.tags;
    if (products.length === wanted.length && wanted.every((product) => products.includes(product))) return;
    const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
    report(
      detection.at.key(['tags', 'products']),
      `products must be ${list(wanted)}, found ${list(products) || 'none'}`,
    );
  },
});
