// Which of two names of fields was meant to be the other.
import { editDistance, isSlip } from '../diagnostic/did-you-mean.js';
import { partsOf } from './name-words.js';

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
  if (a[0] !== b[0]) return false;
  return Math.max(a.length, b.length) > (a.length === b.length ? 4 : 3);
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
