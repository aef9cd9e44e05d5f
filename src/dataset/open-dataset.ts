// Opens log files, folders, globs and standard input as one dataset of raw events.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { RawEvent } from '../runtime/raw-event.js';
import type {
  Dataset,
  DatasetLimits,
  DatasetOptions,
  DatasetReport,
  FileReport,
  RawScan,
  RawScanRequest,
} from './dataset.js';
import { startReport } from './growing-report.js';
import { fileDiagnostic, InputFinder, openFile, systemFault } from './inputs.js';
import { MemberReader, type ReadRequest } from './read-member.js';
import { refusalOf } from './refused-formats.js';
import { SpooledInput } from './standard-input.js';
import { ArchiveError } from './tar.js';
import { type Member, type PackedInput, unpack } from './unpack.js';

const defaultLimits: DatasetLimits = {
  eventBytes: 2 ** 27,
  unpackedBytes: 2 ** 36,
  unpackRatio: 200,
  files: 1_000_000,
};

/** What the input `-` is called in reports and, by default, in `source`. */
export const STANDARD_INPUT = 'stdin';

/**
 * Opens inputs for scanning: paths of files and folders, globs, and `-` for standard input. Nothing is read before
 * a scan is iterated. Faults never throw: they are in the scan's report.
 */
export function openDataset(inputs: readonly string[], options: DatasetOptions = {}): Dataset {
  let standardInput: SpooledInput | undefined;
  return {
    scan(request = {}) {
      standardInput ??= inputs.includes('-') ? new SpooledInput(options.stdin ?? process.stdin) : undefined;
      return new FileScan(inputs, options, request, standardInput);
    },
  };
}

class FileScan implements RawScan {
  readonly #inputs: readonly string[];
  readonly #request: ReadRequest;
  readonly #standardInput: SpooledInput | undefined;
  readonly #files: FileReport[] = [];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(
    inputs: readonly string[],
    options: DatasetOptions,
    request: RawScanRequest,
    standardInput: SpooledInput | undefined,
  ) {
    this.#inputs = inputs;
    this.#standardInput = standardInput;
    this.#request = {
      options,
      limits: { ...defaultLimits, ...options.limits },
      clock: { zone: options.timezone ?? 'UTC', now: options.now ?? Date.now() / 1000 },
      textsOf: request.textsOf ?? (() => ({ terms: request.rawTerms ?? [] })),
      earliest: request.earliest ?? Number.NEGATIVE_INFINITY,
      latest: request.latest ?? Number.POSITIVE_INFINITY,
      report: (diagnostic) => this.#diagnostics.push(diagnostic),
    };
  }

  get report(): DatasetReport {
    return { files: this.#files, diagnostics: this.#diagnostics };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly RawEvent[]> {
    const { limits, report } = this.#request;
    const finder = new InputFinder(limits, report);
    for (const input of this.#inputs) {
      if (input === '-') {
        const source = this.#standardInput!.chunks(report);
        yield* this.#readInput({ name: STANDARD_INPUT, modified: undefined, source });
        continue;
      }
      for await (const file of finder.find(input)) {
        let packed: PackedInput;
        try {
          packed = await openFile(file);
        } catch (error) {
          const message = `cannot read "${file}": ${systemFault(error)}`;
          report(fileDiagnostic('error', 'unreadable-file', file, message));
          continue;
        }
        yield* this.#readInput(packed);
      }
    }
  }

  async *#readInput(input: PackedInput): AsyncGenerator<readonly RawEvent[]> {
    const { limits, report } = this.#request;
    try {
      for await (const member of unpack(input, limits)) yield* this.#readMember(member);
    } catch (error) {
      const isArchive = error instanceof ArchiveError;
      if (!isArchive && !(error instanceof Error && 'code' in error)) throw error;
      const reason = isArchive ? error.message : systemFault(error);
      const message = `"${input.name}" is not read further: ${reason}`;
      report(fileDiagnostic('error', isArchive ? 'archive' : 'unreadable-file', input.name, message));
    }
  }

  async *#readMember(member: Member): AsyncGenerator<readonly RawEvent[]> {
    const refused = await refusalOf(member);
    if (refused.diagnostic) {
      this.#request.report(refused.diagnostic);
      return;
    }
    const growing = startReport(member.name);
    this.#files.push(growing);
    yield* new MemberReader({ ...member, source: refused.source }, this.#request, growing).batches();
  }
}
