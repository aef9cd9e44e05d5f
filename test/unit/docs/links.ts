// Finds dead relative links and anchors in rendered Markdown files.
import { posix } from 'node:path';
import type { OutputFile } from '../../../src/output/output-file.js';

/** Anchors of the headings of a Markdown text, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  const withoutCode = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
  for (const [, heading] of withoutCode.matchAll(/^#{1,6} (.*)$/gm)) {
    const shown = heading!
      .replaceAll('&lt;', '<')
      .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
      .replace(/`/g, '');
    const anchor = shown
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let free = anchor;
    for (let n = 1; anchors.has(free); n++) free = `${anchor}-${n}`;
    anchors.add(free);
  }
  return anchors;
}

/** Lists `<file>: <destination>` of every relative link that leads nowhere. */
export function deadLinks(files: readonly OutputFile[]): string[] {
  const anchors = new Map(files.map((file) => [file.path, anchorsOf(String(file.content))]));
  return files.flatMap((file) => {
    const text = String(file.content).replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
    return [...text.matchAll(/(?<!\\)\]\((?!https?:)([^)\s]*)\)/g)].flatMap((match) => {
      const [path, anchor] = match[1]!.split('#') as [string, string | undefined];
      const target = path === '' ? file.path : posix.join(posix.dirname(file.path), path);
      const known = anchors.get(target);
      const isAlive = known && (anchor === undefined || known.has(decodeURIComponent(anchor)));
      return isAlive ? [] : [`${file.path}: ${match[1]}`];
    });
  });
}
