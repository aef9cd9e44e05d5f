// The eval function urldecode.
import { defineFunction } from './function.js';
import { perText } from './text-function.js';

function decode(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(
    text
      .replace(/[^\x00-\x7f]+/g, (part) => encodeURIComponent(part))
      .replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return bytes.toString('utf8');
}

export const urldecode = defineFunction({
  name: 'urldecode',
  summary: 'Replaces percent escapes of a URL by the characters they stand for.',
  source: 'Text functions',
  usage: 'urldecode(<url>)',
  parameters: { min: 1, max: 1 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate: perText(decode),
  pure: true,
  examples: [
    {
      expression: 'urldecode("http%3A%2F%2Fwww.example.com%2Fdownload%3Fr%3Dheader")',
      result: 'http://www.example.com/download?r=header',
    },
    { title: 'UTF-8', expression: 'urldecode("caf%C3%A9%zz")', result: 'café%zz' },
  ],
});
