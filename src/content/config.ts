// detc.yml, build.yml and contentctl.yml → the app that is built and the settings of the rules; where a repository begins.
import { existsSync, readFileSync } from 'node:fs';
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
export const configFiles = ['detc.yml', 'build.yml', 'contentctl.yml'] as const;
export type ConfigFile = (typeof configFiles)[number];

/** The files of settings that lie in a folder. */
export const configFilesIn = (folder: string): ConfigFile[] =>
  configFiles.filter((name) => {
    const path = join(folder, name);
    return existsSync(path) && (name !== 'build.yml' || isAppBuild(readIfPossible(path)));
  });

/** Many tools have a build.yml; ESCU 6's is known by keys that no other has, whatever its encoding. */
export const isAppBuild = (bytes: Uint8Array): boolean =>
  /^(?:ï»¿)?(["']?)(?:app_version|content_prefix|external_app_content)\1\s*:/m.test(
    Buffer.from(bytes).toString('latin1').replaceAll('\0', ''),
  );

function readIfPossible(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array();
  }
}

/** The nearest folder, upwards from one, that holds a file of settings; undefined when there is none. */
export function findRepository(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (configFilesIn(folder).length > 0) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What the files of settings hold, by name; nothing of one that is not there. */
export type ConfigValues = Readonly<Record<ConfigFile, Raw>>;

/** The app of a build.yml in the keys of the others: there `label` is the title, elsewhere what stanzas begin with. */
function appOfBuild(build: Raw): Raw {
  const pairs = [
    ['title', 'label'],
    ['appid', 'id'],
    ['version', 'app_version'],
    ['description', 'description'],
    ['prefix', 'content_prefix'],
    ['label', 'content_prefix'],
    ['author_name', 'author'],
    ['author_email', 'author_email'],
  ] as const;
  return Object.fromEntries(
    pairs.flatMap(([key, written]) =>
      get(build, written) === undefined ? [] : [[key, get(build, written)]],
    ),
  );
}

/** Reads the app from all files; what `detc.yml` says counts first. Without any, defaults as ESCU has them. */
export function readApp(values: ConfigValues): AppConfig {
  const { 'detc.yml': detc, 'contentctl.yml': contentctl } = values;
  const build = values['build.yml'];
  const app = {
    // Its author stands for both.
    author_company: get(build, 'author'),
    ...mapping(contentctl, 'app'),
    ...appOfBuild(build),
    ...mapping(detc, 'app'),
  };
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

/** Reads the settings of `detc.yml`, and what `build.yml` says of other apps. */
export function readSettings({ 'detc.yml': detc, 'build.yml': build }: ConfigValues): Settings {
  const provided = mappings(build, 'external_app_content').map(([, item]) => item);
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
      macros: [
        ...texts(mapping(detc, 'external'), 'macros'),
        ...provided.flatMap((item) => texts(item, 'macros')),
      ],
      lookups: [
        ...texts(mapping(detc, 'external'), 'lookups'),
        ...provided.flatMap((item) => texts(item, 'lookups')),
      ],
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
