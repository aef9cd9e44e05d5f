// Which of two names of fields was meant to be the other.

import { editDistance, isSlip } from '../diagnostic/did-you-mean.js';
import { isOfCommonWords, partsOf } from './name-words.js';
import { places } from './word-index.js';

/** How vendors shorten words that others write out. */
const shortWords = new Set([
  'dst',
  'usr',
  'svc',
  'srv',
  'cmd',
  'addr',
  'pkts',
  'proto',
  'prot',
  'msg',
  'grp',
  'hst',
]);

/**
 * Whether a name is one that is known with one letter wrong, and none that a vendor would choose beside it: `duser` and
 * `suser`, `dst_ip`, `users`, `uid` and `pid`, `loginType` are fields of their own beside `user`, `dest_ip`, `LogonType`.
 */
export function isMisspelt(name: string, known: string): boolean {
  if (!isSlip(name, known) || editDistance(name, known, 1) !== 1) return false;
  const [written, right] = [partsOf(name), partsOf(known)];
  if (written.length !== right.length) return name.length > 4;
  const at = written.findIndex((part, index) => part !== right[index]);
  const [a, b] = [written[at] ?? '', right[at] ?? ''];
  if (shortWords.has(a.toLowerCase()) || shortWords.has(b.toLowerCase())) return false;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (`${shorter}s` === longer && !shorter.endsWith('s')) return false;
  const isSwap = a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
  if (isSwap) return a.length > 3;
  if (a[0] !== b[0]) return isInternal(name) && isInternal(known);
  return Math.max(a.length, b.length) > (a.length === b.length ? 4 : 3);
}

/** Whether a name is one of Splunk's own, of which there are few. */
function isInternal(name: string): boolean {
  return name.startsWith('_');
}

/** Whether a name is one that is known without one of its letters, and no short form of its words. */
export function lacksLetter(name: string, known: string): boolean {
  if (name.length !== known.length - 1 || editDistance(name, known, 1) !== 1) return false;
  const isShort = (part: string): boolean => shortWords.has(part.toLowerCase());
  return (
    isSlip(name, known) && `${name}s` !== known && !partsOf(name).some(isShort) && !isOfCommonWords(name)
  );
}

/** Whether one of two names is the other with a word, or a few letters, before or behind it. */
export function contains(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const rest = longer.startsWith(shorter)
    ? longer.slice(shorter.length)
    : longer.endsWith(shorter)
      ? [...longer.slice(0, -shorter.length)].reverse().join('')
      : undefined;
  return shorter.length > 3 && rest !== undefined && (rest.length < 4 || rest[0] === '_');
}

/**
 * Whether of two names alike, which nobody else knows, the first is the slip: it stands less often, or is not made of
 * common words, or lacks a letter (the most frequent slip), or has a word more. Undefined where nothing tells.
 */
export function isOdder(name: string, other: string, text: string): boolean | undefined {
  const [own, others] = [places(text, name).count, places(text, other).count];
  if (own !== others) return own < others;
  const [isOfWords, isOtherOfWords] = [isOfCommonWords(name), isOfCommonWords(other)];
  if (isOfWords !== isOtherOfWords) return isOtherOfWords;
  if (name.length === other.length) return undefined;
  const isShorter = name.length < other.length;
  if (isSlip(name, other)) return isShorter;
  return contains(name, other) ? !isShorter : undefined;
}

/** The same where one of the two must be it: where nothing tells, the one that stands first. */
export function isRarer(name: string, other: string, text: string): boolean {
  return isOdder(name, other, text) ?? places(text, name).first < places(text, other).first;
}
