// Recognises what stands where data should be and is none: pointers of Git LFS, web pages, nothing at all.
import { open } from 'node:fs/promises';

const pointerStart = 'version https://git-lfs.github.com/spec/';
/** How much of a file is looked at. */
const looked = 1024;

/** The first bytes of a file as Latin-1 text; undefined for what is no file. */
export async function headOf(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r');
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    const buffer = Buffer.alloc(looked);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether a file begins as the small text that Git LFS leaves where a large file should be. */
export const isPointer = (head: string): boolean => head.startsWith(pointerStart);

/** Whether a text begins as a web page does, behind a byte order mark, comments and an XML declaration. */
export function isPage(head: string): boolean {
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '').replace(/^(?:\s+|<\?xml[^>]*>|<!--[\s\S]*?-->)*/, '');
  return /^<(?:!doctype\s+html|html|head|body|title|meta|script)\b/i.test(start);
}

/** Why the server's media type says that it sent something else than data; undefined where it may be data. */
export function pageFault(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  return type === 'text/html' || type === 'application/xhtml+xml' ? pageSent : undefined;
}

const pageSent = 'the server sent a web page (a login, or a message) instead of the data';

/** Why what came from an address is no data; undefined when it may be. */
export function contentFault(head: string, url: string): string | undefined {
  if (head === '') return 'the server sent an empty file';
  if (isPage(head)) return pageSent;
  return isPointer(head) ? pointerFault(url) : undefined;
}

function pointerFault(url: string): string {
  const { host, pathname } = new URL(url);
  const github =
    host === 'raw.githubusercontent.com'
      ? /^\/([^/]+)\/([^/]+)\/(.+)$/.exec(pathname)
      : host === 'github.com'
        ? /^\/([^/]+)\/([^/]+)\/raw\/(.+)$/.exec(pathname)
        : null;
  const advice = github
    ? `the data is at https://media.githubusercontent.com/media/${github[1]}/${github[2]}/${github[3]}`
    : 'name the address of the file itself, or give a clone in which "git lfs pull" was run with --data-root';
  return `the server sent a Git LFS pointer instead of the data; ${advice}`;
}
