// Makes text of unknown origin safe to print on a terminal, one column per character where it can.

// Control characters, line and paragraph separators, and the marks that reorder or hide text.
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function picture(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code === 9) return ' ';
  if (code < 32) return String.fromCharCode(0x2400 + code);
  return code === 127 ? '\u2421' : '\ufffd';
}

/**
 * Replaces every character that a terminal would obey instead of show: control characters become their pictures (ESC
 * becomes ␛), a tab becomes a blank, the rest becomes U+FFFD. The result has as many UTF-16 units as the text.
 */
export function printable(text: string): string {
  return text.replace(unprintable, picture);
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const narrow = /\p{Mn}|\p{Me}/u;

/** Number of terminal columns that printable text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character < '\u0300') width++;
    else if (narrow.test(character)) continue;
    else width += wide.test(character) && character > '\u00ff' ? 2 : 1;
  }
  return width;
}
