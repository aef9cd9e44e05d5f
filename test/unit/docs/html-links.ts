// Finds dead links and anchors in the pages of a site.
import { posix } from 'node:path';
import type { OutputFile } from '../../../src/output/output-file.js';

const decoded = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Lists `<file>: <destination>` of every relative link whose page or anchor is missing. Anchors of scripts are left out. */
export function deadHtmlLinks(files: readonly OutputFile[]): string[] {
  const ids = new Map(
    files.map((file) => [
      file.path,
      new Set([...String(file.content).matchAll(/\sid="([^"]*)"/g)].map((match) => decoded(match[1]!))),
    ]),
  );
  const dead: string[] = [];
  for (const { path, content } of files) {
    if (!path.endsWith('.html')) continue;
    const seen = new Set<string>();
    for (const [, raw] of String(content).matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
      const link = decoded(raw!);
      if (seen.has(link) || /^(?:https?:|data:)/.test(link)) continue;
      seen.add(link);
      const [address, anchor] = link.split('#') as [string, string | undefined];
      const page = address.split('?')[0]!;
      const target = page === '' ? path : posix.join(posix.dirname(path), decodeURI(page));
      const known = ids.get(target);
      const isAnchorOfPage = anchor !== undefined && anchor !== '' && target !== 'attack.html';
      if (!known || (isAnchorOfPage && !known.has(decodeURIComponent(anchor)))) dead.push(`${path}: ${link}`);
    }
  }
  return dead;
}
