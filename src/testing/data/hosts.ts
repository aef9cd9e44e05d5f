// Remembers which hosts did not answer, so that their further files are not waited for as long as the first.

/** Files of a host in a row that may fail before it is left alone. */
const mostFaults = 3;

/** What a run has found out about the hosts that it downloads from. */
export class Hosts {
  readonly #faults = new Map<string, { count: number; reason: string }>();
  readonly #closed = new Map<string, string>();

  /** Why a host is not asked any more; undefined while it is. */
  refusal(host: string): string | undefined {
    const closed = this.#closed.get(host);
    if (closed !== undefined) return closed;
    const faults = this.#faults.get(host);
    if (faults === undefined || faults.count < mostFaults) return undefined;
    return `${host} is not asked any more after ${faults.count} files in a row failed: ${faults.reason}`;
  }

  /** Whether a host failed the last time it was asked. */
  isDoubtful(host: string): boolean {
    return this.#faults.has(host);
  }

  /** A host gave a file, or said that it has none. */
  answered(host: string): void {
    this.#faults.delete(host);
  }

  /** A host could not be reached, or sent nothing. */
  failed(host: string, reason: string): void {
    this.#faults.set(host, { count: (this.#faults.get(host)?.count ?? 0) + 1, reason });
  }

  /** A host is so slow that nothing more is asked of it. */
  close(host: string, reason: string): void {
    if (!this.#closed.has(host)) this.#closed.set(host, `${host} is not asked any more: ${reason}`);
  }
}
