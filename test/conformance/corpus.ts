// The content repositories beside a checkout, loaded once for all suites that read their searches.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ContentCache, loadRepository } from '../../src/content/load.js';
import type { ContentObject, Path, Repository } from '../../src/content/model.js';
import { searchesOf } from '../../src/rules/check-objects.js';

export const sharedFolder = join(import.meta.dirname, '../../../shared');
export const hasShared = existsSync(join(sharedFolder, 'corpus'));
export const corpora = ['2022', '4.x', '5.x', 'escu6'] as const;

/** One search of a repository. */
export interface CorpusSearch {
  readonly owner: ContentObject;
  readonly path: Path;
  readonly text: string;
}

export interface Corpus {
  readonly repository: Repository;
  readonly searches: readonly CorpusSearch[];
}

const loaded = new Map<string, Corpus>();

/** Loads a repository with the searches of its detections, baselines and investigations, drilldowns included. */
export function loadCorpus(name: string): Corpus {
  let corpus = loaded.get(name);
  if (corpus === undefined) {
    const repository = loadRepository(join(sharedFolder, 'corpus', name), new ContentCache()).content;
    const owners = [...repository.detections, ...repository.baselines, ...repository.investigations];
    const searches = owners.flatMap((owner) =>
      searchesOf(owner).map(([path, text]): CorpusSearch => ({ owner, path, text })),
    );
    corpus = { repository, searches: searches.filter(({ text }) => text.trim() !== '') };
    loaded.set(name, corpus);
  }
  return corpus;
}
