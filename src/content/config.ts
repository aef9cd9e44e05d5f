// contentctl.yml and detc.yml → the app that is built and the settings of the rules; where a repository begins.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppConfig, Settings, Severity3 } from './model.js';
import {
  get,
  mapping,
  mappings,
  optional,
  optionalNumber,
  optionalText,
  type Raw,
  texts,
} from './read/fields.js';

/** Names of the files that make a folder a content repository, the one that counts first in front. */
export const configFiles = ['detc.yml', 'contentctl.yml'] as const;

/** The nearest folder, upwards from one, that holds `detc.yml` or `contentctl.yml`; undefined when there is none. */
export function findRepository(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (configFiles.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Reads the app from both files; what `detc.yml` says counts. Without any, defaults as ESCU has them. */
export function readApp(detc: Raw, contentctl: Raw): AppConfig {
  const app = { ...mapping(contentctl, 'app'), ...mapping(detc, 'app') };
  const enforce =
    get(detc, 'enforce_deprecation_mapping_requirement') ??
    get(contentctl, 'enforce_deprecation_mapping_requirement');
  return {
    title: optionalText(app, 'title') ?? 'Detections',
    appid: optionalText(app, 'appid') ?? 'detections',
    version: optionalText(app, 'version') ?? '0.0.1',
    description: optionalText(app, 'description') ?? '',
    label: optionalText(app, 'label') ?? optionalText(app, 'prefix') ?? 'ESCU',
    authorName: optionalText(app, 'author_name') ?? '',
    authorEmail: optionalText(app, 'author_email') ?? '',
    authorCompany: optionalText(app, 'author_company') ?? '',
    enforceDeprecationMapping: enforce === true,
    ...optional('uid', optionalNumber(app, 'uid')),
    ...optional('prefix', optionalText(app, 'prefix')),
    ...optional('buildPath', optionalText(detc, 'build_path') ?? optionalText(contentctl, 'build_path')),
  };
}

/** Reads the settings of `detc.yml`. */
export function readSettings(detc: Raw): Settings {
  return {
    extends: texts(detc, 'extends'),
    rules: severities(detc),
    overrides: mappings(detc, 'overrides').map(([, item]) => ({
      files: texts(item, 'files'),
      rules: severities(item),
    })),
    dataRoots: Object.fromEntries(
      Object.entries(mapping(detc, 'data_roots')).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    external: {
      commands: texts(mapping(detc, 'external'), 'commands'),
      functions: texts(mapping(detc, 'external'), 'functions'),
      macros: texts(mapping(detc, 'external'), 'macros'),
      lookups: texts(mapping(detc, 'external'), 'lookups'),
    },
    docs: mapping(detc, 'docs'),
  };
}

/** A bare `off` is false in YAML 1.1, which content is written in; it means the severity all the same. */
function severities(raw: Raw): Readonly<Record<string, Severity3>> {
  const found: [string, Severity3][] = [];
  for (const [code, written] of Object.entries(mapping(raw, 'rules'))) {
    const severity = written === false ? 'off' : written;
    if (severity === 'error' || severity === 'warn' || severity === 'off') found.push([code, severity]);
  }
  return Object.fromEntries(found);
}
