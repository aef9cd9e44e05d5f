// Reads texts as if they were files, for the tests of this folder.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatasetOptions, DatasetReport, RawScanRequest } from '../../../src/dataset/dataset.js';
import { openDataset } from '../../../src/dataset/open-dataset.js';
import type { RawEvent } from '../../../src/runtime/raw-event.js';

export interface ReadResult {
  readonly events: readonly RawEvent[];
  readonly report: DatasetReport;
}

/** Reads inputs to the end. */
export async function readInputs(
  inputs: readonly string[],
  options: DatasetOptions = {},
  request: RawScanRequest = {},
): Promise<ReadResult> {
  const scan = openDataset(inputs, { now: 1_700_000_000, ...options }).scan(request);
  const events: RawEvent[] = [];
  for await (const batch of scan) events.push(...batch);
  return { events, report: scan.report };
}

/** Reads bytes as standard input, in chunks of the given size. */
export function readBytes(
  content: string | Uint8Array,
  options: DatasetOptions = {},
  request: RawScanRequest = {},
  chunkSize = 1 << 16,
): Promise<ReadResult> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  return readInputs(['-'], { ...options, stdin: chunks() }, request);
}

/** Gives a new folder to a function and removes it afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'detc-dataset-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a file into a folder and returns its path. */
export function put(folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** The report on the only file. */
export function onlyFile(result: ReadResult) {
  if (result.report.files.length !== 1) throw new Error(`${result.report.files.length} files were read`);
  return result.report.files[0]!;
}
