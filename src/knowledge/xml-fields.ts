// KV_MODE = xml: elements and attributes under their paths, as spath names them.

import { addValue } from '../runtime/extracted.js';
import type { Row } from '../runtime/value.js';
import { type Wanted, wants } from './step.js';
import { decodeEntities } from './windows-event.js';

/** Elements nested deeper than this are not entered. */
const MAX_DEPTH = 500;

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Makes a reader of XML (Search Reference, "spath"): the text of an element under the dotted path from the root, an
 * attribute under `path{@name}`, repeated ones as a multivalue. Text that is no XML gives nothing; where a tag is not
 * closed, reading ends.
 */
export function xmlReader(wanted: Wanted): (text: string, row: Row) => void {
  return (text, row) => {
    if (!/^\s*</.test(text)) return;
    const paths: string[] = [];
    let content = '';
    let isLeaf = false;
    let at = 0;
    for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', at)) {
      content += decodeEntities(text.slice(at, open));
      if (text.startsWith('<![CDATA[', open)) {
        const end = text.indexOf(']]>', open);
        if (end === -1) return;
        content += text.slice(open + 9, end);
        at = end + 3;
        continue;
      }
      const end = text.startsWith('<!--', open) ? text.indexOf('-->', open) + 2 : tagEnd(text, open + 1);
      if (end <= open) return;
      at = end + 1;
      const first = text[open + 1];
      if (first === '!' || first === '?') continue;
      if (first === '/') {
        const name = paths.pop();
        if (isLeaf && name !== undefined && content.trim() !== '' && wants(wanted, name))
          addValue(row, name, content.trim());
        isLeaf = false;
        content = '';
        continue;
      }
      if (paths.length >= MAX_DEPTH) return;
      const inside = text.slice(open + 1, end);
      const tag = /^[^\s/]*/.exec(inside)?.[0] ?? '';
      const name = paths.length === 0 ? tag : `${paths[paths.length - 1]}.${tag}`;
      readAttributes(inside.slice(tag.length), name, wanted, row);
      if (!inside.endsWith('/')) {
        paths.push(name);
        isLeaf = true;
      }
      content = '';
    }
  };
}

function readAttributes(text: string, path: string, wanted: Wanted, row: Row): void {
  if (!text.includes('=')) return;
  for (const [, attribute, double, single] of text.matchAll(ATTRIBUTE)) {
    const field = `${path}{@${attribute}}`;
    const value = decodeEntities(double ?? single ?? '');
    if (value !== '' && wants(wanted, field)) addValue(row, field, value);
  }
}

/** The `>` that closes a tag, quotes minded; -1 when there is none. */
function tagEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '>') return at;
    if (char !== '"' && char !== "'") continue;
    at = text.indexOf(char, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}
