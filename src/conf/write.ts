// Writes values, stanza names and comments so that Splunk, AppInspect and our own reader find what was meant.

/**
 * Returns a value as it stands after `key = `.
 *
 * Outer blanks go (Splunk removes them when reading); each line but the last ends in a blank and a backslash, which
 * joins the next line with a line feed between. CRLF and lone CR are line ends too. A value whose last character is a
 * backslash would swallow the next key, so it is continued onto an empty line; a blank after the backslash would do
 * for Splunk, but AppInspect takes that for a broken continuation (its check_config_file_parsing).
 */
export function confValue(text: string): string {
  const value = text.trim();
  if (!/[\n\r\\\0]/.test(value)) return value;
  const lines = value.replaceAll('\0', '').replace(/\r\n?/g, '\n').replaceAll('\n', ' \\\n');
  return lines.endsWith('\\') ? `${lines} \\\n` : lines;
}

/**
 * Returns a name as it stands between `[` and `]`. A header is one line that runs to its last `]`, so brackets in a
 * name are safe and line breaks become blanks.
 */
export function confStanzaName(name: string): string {
  return name.trim().replace(/[\r\n\0]+\s*/g, ' ');
}

/** Returns a text as it stands after `# `: on one line, and not ending in a backslash, which some readers continue. */
export function confComment(text: string): string {
  const line = text
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('\0', '');
  return line.endsWith('\\') ? `${line}.` : line;
}
