// Whether a text is well-formed XML, as far as the files of an app go: elements nest, attributes are quoted, entities known.

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|&(?:#\d+|#x[\da-fA-F]+|lt|gt|amp|quot|apos);|&|[^<&]+/gy;

/** The first fault, or undefined when the text is well-formed. */
export function xmlFault(source: string): { readonly offset: number; readonly message: string } | undefined {
  const text = source.replace(/^\ufeff/, '');
  const open: string[] = [];
  let roots = 0;
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [whole, closing, opening, , empty] = match;
    const fault = (message: string) => ({ offset: match.index, message });
    if (closing !== undefined) {
      const expected = open.pop();
      if (expected !== closing)
        return fault(
          expected === undefined
            ? `</${closing}> closes nothing`
            : `</${closing}> where </${expected}> must be`,
        );
    } else if (opening !== undefined) {
      if (open.length === 0 && ++roots > 1) return fault(`<${opening}> is a second root element`);
      if (empty !== '/') open.push(opening);
    } else if (whole === '<') return fault('"<" begins no tag');
    else if (whole === '&') return fault('"&" begins no entity');
    else if (open.length === 0 && !whole.startsWith('<') && whole.trim() !== '')
      return fault('text outside of the root element');
  }
  if (open.length > 0) return { offset: text.length, message: `<${open.at(-1)}> is not closed` };
  return roots === 0 ? { offset: 0, message: 'no element' } : undefined;
}
