// Settings of the pages: the `docs` section of detc.yml with its defaults.
import type { Repository } from '../content/model.js';

export interface DocsSettings {
  /** Web address of the repository, without a final `/`. */
  readonly repositoryUrl: string;
  /** Whether the repository is known to lie there; the layout of 2022 links to its default all the same. */
  readonly isRepositoryKnown: boolean;
  /** Branch that source links point to. */
  readonly branch: string;
  /** Title of a whole site. */
  readonly title: string;
}

/** Reads `repository`, `branch` and `title` of the `docs` section; a value of another kind counts as left out. */
export function readSettings(repository: Repository): DocsSettings {
  const text = (key: string): string | undefined => {
    const value = repository.settings.docs[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const url = text('repository');
  const isSplunks = repository.configFile === undefined || repository.app.appid === 'DA-ESS-ContentUpdate';
  return {
    isRepositoryKnown: url !== undefined || isSplunks,
    repositoryUrl:
      url !== undefined && /^https?:\/\/[^\s()<>"'`]+$/.test(url)
        ? url.replace(/\/+$/, '')
        : 'https://github.com/splunk/security_content',
    branch: /^[\w./-]+$/.exec(text('branch') ?? '')?.[0] ?? 'develop',
    title: text('title') ?? (repository.app.title || 'Detections'),
  };
}
