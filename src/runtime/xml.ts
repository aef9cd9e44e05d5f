// A small XML reader for events: elements, attributes, text and CDATA; no DTD, so no entity can expand.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  /** Text of the element itself, trimmed. */
  text: string;
  /** Source text between the tags. */
  inner: string;
}

const maxDepth = 400;
const nameStart = /[A-Za-z_:\u0080-\uffff]/;

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Replaces the predefined and numeric entities. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities.get(name) ?? all;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** Parses a text whose first element is the root; null when it is not well-formed. Text after the root is ignored. */
export function parseXml(text: string, isCut = false): XmlElement | null {
  const stack: { element: XmlElement; start: number }[] = [];
  let at = 0;
  // Of a text that was cut off what stood closed is kept; of the element that was cut itself nothing.
  const broken = (): XmlElement | null => {
    const [root, ...inner] = stack.map(({ element }) => element);
    if (!isCut || root === undefined) return null;
    const last = inner.at(-1);
    if (last !== undefined && last.children.length === 0) (inner.at(-2) ?? root).children.pop();
    for (const element of [root, ...inner]) element.text = '';
    return root;
  };
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open < 0) return broken();
    const top = stack[stack.length - 1];
    if (top !== undefined && open > at) top.element.text += decodeEntities(text.slice(at, open));
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open);
      if (end < 0) return broken();
      at = end + 3;
    } else if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open);
      if (end < 0) return broken();
      if (top !== undefined) top.element.text += text.slice(open + 9, end);
      at = end + 3;
    } else if (text[open + 1] === '?' || text[open + 1] === '!') {
      const end = text.indexOf('>', open);
      if (end < 0) return broken();
      at = end + 1;
    } else if (text[open + 1] === '/') {
      const end = text.indexOf('>', open);
      if (end < 0) return broken();
      if (top === undefined || text.slice(open + 2, end).trim() !== top.element.name) return null;
      stack.pop();
      top.element.inner = text.slice(top.start, open);
      top.element.text = top.element.text.trim();
      at = end + 1;
      if (stack.length === 0) return top.element;
    } else {
      const tag = readTag(text, open + 1);
      if (tag === null) return broken();
      if (stack.length >= maxDepth) return null;
      const element: XmlElement = {
        name: tag.name,
        attributes: tag.attributes,
        children: [],
        text: '',
        inner: '',
      };
      if (top !== undefined) top.element.children.push(element);
      at = tag.end;
      if (!tag.closed) stack.push({ element, start: at });
      else if (stack.length === 0) return element;
    }
  }
  return broken();
}

function readTag(
  text: string,
  from: number,
): { name: string; attributes: Map<string, string>; closed: boolean; end: number } | null {
  if (!nameStart.test(text[from] ?? '')) return null;
  let i = from;
  while (i < text.length && !isBreak(text.charCodeAt(i))) i++;
  const name = text.slice(from, i);
  const attributes = new Map<string, string>();
  for (;;) {
    while (i < text.length && text.charCodeAt(i) <= 32) i++;
    if (i >= text.length) return null;
    if (text[i] === '>') return { name, attributes, closed: false, end: i + 1 };
    if (text[i] === '/' && text[i + 1] === '>') return { name, attributes, closed: true, end: i + 2 };
    const start = i;
    while (i < text.length && text[i] !== '=' && !isBreak(text.charCodeAt(i))) i++;
    const key = text.slice(start, i);
    while (i < text.length && text.charCodeAt(i) <= 32) i++;
    if (key === '' || text[i] !== '=') return null;
    i++;
    while (i < text.length && text.charCodeAt(i) <= 32) i++;
    const quote = text[i];
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, i + 1);
      if (end < 0) return null;
      attributes.set(key, decodeEntities(text.slice(i + 1, end)));
      i = end + 1;
    } else {
      const begin = i;
      while (i < text.length && !isBreak(text.charCodeAt(i))) i++;
      attributes.set(key, decodeEntities(text.slice(begin, i)));
    }
  }
}

function isBreak(code: number): boolean {
  return code <= 32 || code === 62 || code === 47;
}
