// The words in which rules write their examples: changes to one small, valid repository.

/** Files of the repository that examples change (test/data/repository). */
export const base = {
  /** A TTP with `rba`. */
  rba: 'detections/endpoint/rundll32_without_arguments.yml',
  /** An Anomaly with observables. */
  observables: 'detections/cloud/console_login_from_new_country.yml',
  /** A Hunting detection as of 2022. */
  oldest: 'detections/web/long_urls.yml',
  /** A TTP with findings. */
  findings: 'detections/endpoint/shell_spawned_by_office.yml',
} as const;

/** A change of a file: the first occurrence of `from` becomes `to`. Throws when `from` is not there. */
export function edit(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from))
      throw new Error(`an example changes ${JSON.stringify(from)}, which is not in the file`);
    return text.replace(from, () => to);
  };
}

/** Several changes one after the other. */
export function edits(
  ...changes: readonly (readonly [from: string, to: string])[]
): (text: string) => string {
  return (text) => changes.reduce((changed, [from, to]) => edit(from, to)(changed), text);
}
