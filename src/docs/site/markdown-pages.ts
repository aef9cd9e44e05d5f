// Pages that are written in Markdown: links between their files and anchors of their headings.
import { html } from '../escape.js';
import { anchorGiver } from '../names.js';

/** The rendered text of a page as it stands in the site. */
export function articleOf(body: string): string {
  return withAnchors(withPageLinks(body));
}

/** Where the page of a Markdown file stands. */
export function pagePath(name: string): string {
  return name.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html');
}

/** Links to Markdown files of the folder lead to their pages. */
function withPageLinks(body: string): string {
  return body.replace(
    /(<a href=")((?!https?:|\/)[^"#]*\.md)(#[^"]*)?"/g,
    (_, start: string, path: string, anchor = '') => `${start}${pagePath(path)}${anchor}"`,
  );
}

/** Gives every heading the anchor that repository browsers give it. */
function withAnchors(body: string): string {
  const anchors = anchorGiver();
  return body.replace(/<h([1-6])>([\s\S]*?)<\/h\1>/g, (_, level: string, inside: string) => {
    const anchor = anchors(plainText(inside));
    return `<h${level}${anchor === '' ? '' : ` id="${html(anchor)}"`}>${inside}</h${level}>`;
  });
}

function plainText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
