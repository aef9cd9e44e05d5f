// Links and small pieces of HTML that every page of the site uses.
import type { Fact, Linked } from '../detection-page.js';
import { html, webAddress } from '../escape.js';

/** The way from a page back to the site's folder: `../../` for `detections/endpoint/x.html`. */
export function rootOf(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

const siteNames: ReadonlyMap<string, string> = new Map([
  ['indexes/data-sources', 'data-sources'],
  ['indexes/stories', 'stories'],
]);

/** Address of a page of ours from a page at `root`. */
export function hrefOf(to: string, root: string, anchor?: string): string {
  const page = siteNames.get(to) ?? to;
  const fragment = anchor === undefined || anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
  return `${root}${page}.html${fragment}`;
}

export function linkHtml(linked: Linked, root: string): string {
  if (linked.to !== undefined)
    return `<a href="${html(hrefOf(linked.to, root, linked.anchor))}">${html(linked.text)}</a>`;
  return linked.url === undefined ? html(linked.text) : outward(linked.url, linked.text);
}

/** A link out of the site; plain text when it is no web address. */
export function outward(url: string, text: string): string {
  const address = webAddress(url);
  return address === undefined
    ? html(text)
    : `<a href="${html(address)}" rel="noopener noreferrer">${html(text)}</a>`;
}

export function factRows(facts: readonly Fact[], root: string): { label: string; values: string }[] {
  return facts.map(({ label, values }) => ({
    label,
    values: values.map((value) => `<span>${linkHtml(value, root)}</span>`).join(''),
  }));
}

/** The attribute that makes an element the target of an anchor. */
export function idAttribute(anchor: string | undefined): string {
  return anchor === undefined || anchor === '' ? '' : ` id="${html(anchor)}"`;
}

/** Splits tokens such as `$dest$` out of a text, as code. */
export function withTokens(text: string): string {
  return html(text).replace(/\$[A-Za-z_][\w.]*\$/g, '<code>$&</code>');
}
