// Which reports a run writes, and where: `--reporter json`, `--reporter junit=report.xml`, and `--out` for one of them.

export const reporterNames = ['default', 'json', 'junit', 'github', 'html'] as const;
export type ReporterName = (typeof reporterNames)[number];

/** One report: to a file, or to standard output. */
export interface Reporter {
  readonly name: ReporterName;
  readonly file?: string;
}

/** Reads `name` or `name=file`; undefined for anything else. */
export function parseReporter(text: string): Reporter | undefined {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const known = reporterNames.find((one) => one === name);
  if (known === undefined || at === text.length - 1) return undefined;
  return at < 0 ? { name: known } : { name: known, file: text.slice(at + 1) };
}

/**
 * The reports of a run. `out` is the file of the one that names none.
 *
 * @returns a sentence where two would be written to the same place
 */
export function planReporters(
  given: readonly Reporter[],
  out: string | undefined,
): readonly Reporter[] | string {
  const reporters: readonly Reporter[] = given.length === 0 ? [{ name: 'default' }] : given;
  const open = reporters.filter(({ file }) => file === undefined);
  if (out !== undefined && open.length === 0)
    return '--out is for a reporter that names no file, and every one names its own';
  if (open.length > 1)
    return `only one reporter can write to ${out === undefined ? 'standard output' : '--out'}; name files: --reporter ${open[1]?.name}=<file>`;
  const placed = reporters.map((one) =>
    one.file === undefined && out !== undefined ? { ...one, file: out } : one,
  );
  const files = placed.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  return twice === undefined ? placed : `two reporters cannot write to the same file "${twice}"`;
}
