// KV_MODE = xml: elements and attributes under their paths, as spath names them.
import type { Row } from '../runtime/value.js';
import { addValue, type Wanted, wants } from './step.js';
import { decodeEntities } from './windows-event.js';

/** Elements nested deeper than this are not entered. */
const MAX_DEPTH = 500;

const TAG =
  /<(?:!\[CDATA\[([\s\S]*?)\]\]>|!--[\s\S]*?-->|[!?][^>]*>|\/([^\s>]+)\s*>|([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*)>)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Makes a reader of XML (Search Reference, "spath"): the text of an element under the dotted path from the root, an
 * attribute under `path{@name}`, repeated ones as a multivalue. Text that is no XML gives nothing.
 */
export function xmlReader(wanted: Wanted): (text: string, row: Row) => void {
  return (text, row) => {
    if (!/^\s*</.test(text)) return;
    const full: string[] = [];
    let content = '';
    let isLeaf = false;
    let at = 0;
    TAG.lastIndex = 0;
    for (let tag = TAG.exec(text); tag !== null; tag = TAG.exec(text)) {
      content += decodeEntities(text.slice(at, tag.index));
      at = TAG.lastIndex;
      const [, cdata, closing, opening, rest = ''] = tag;
      if (cdata !== undefined) content += cdata;
      else if (closing !== undefined) {
        const name = full.pop();
        if (isLeaf && name !== undefined && content.trim() !== '' && wants(wanted, name))
          addValue(row, name, content.trim());
        isLeaf = false;
        content = '';
      } else if (opening !== undefined && full.length < MAX_DEPTH) {
        const name = full.length === 0 ? opening : `${full[full.length - 1]}.${opening}`;
        for (const [, attribute, double, single] of rest.matchAll(ATTRIBUTE)) {
          const field = `${name}{@${attribute}}`;
          const value = decodeEntities(double ?? single ?? '');
          if (value !== '' && wants(wanted, field)) addValue(row, field, value);
        }
        if (!rest.endsWith('/')) {
          full.push(name);
          isLeaf = true;
        }
        content = '';
      }
    }
  };
}
