// Finding-based detections, which have no YAML: stanzas of a .conf file that go into the app word for word.

/** Where a repository keeps them. */
export const findingBasedFile = 'static_configs/savedsearches_fbd.conf';

/** Splits the text at blank lines; comment lines and blanks at line ends go. */
export function findingBasedStanzas(text: string): string[] {
  const stanzas: string[] = [];
  let lines: string[] = [];
  for (const line of `${text}\n\n`.split(/\r?\n/)) {
    if (line.trim() !== '') {
      if (!line.trimStart().startsWith('#')) lines.push(line.trimEnd());
    } else if (lines.length > 0) {
      stanzas.push(lines.join('\n'));
      lines = [];
    }
  }
  return stanzas;
}
