// Checks of the app's folders and files as such.
import { jsonFault } from '../../diagnostic/json-fault.js';
import type { Check, InspectedApp, ReportViolation } from './check.js';
import { lineAt } from './check.js';

/** Makes a check that looks at every path. */
function eachPath(
  name: string,
  summary: string,
  isWrong: (path: string, app: InspectedApp) => boolean,
  message: (path: string) => string,
): Check {
  return {
    name,
    level: 'failure',
    summary,
    inspect(app, report) {
      for (const path of app.paths) if (isWrong(path, app)) report(path, message(path));
    },
  };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const isText = (path: string) => /\.(conf|meta|xml|json|md|txt|manifest|csv|html|js|css|py)$/i.test(path);

/** Looks for a pattern in all texts and reports each file once. */
function inTexts(
  app: InspectedApp,
  pattern: RegExp,
  report: (path: string, found: string, line: number) => void,
): void {
  for (const path of app.paths) {
    if (!isText(path)) continue;
    const text = app.text(path);
    const match = pattern.exec(text);
    if (match) report(path, match[0], lineAt(text, match.index));
  }
}

export const packageChecks: readonly Check[] = [
  {
    name: 'check_for_valid_package_id',
    level: 'failure',
    summary:
      'the app has an id of letters, digits, "_", "." and "-" that does not start with a digit or a dot',
    inspect(app, report) {
      if (!/^[A-Za-z_][\w.-]*$/.test(app.id))
        report('default/app.conf', `app id "${app.id}" is not made of letters, digits, "_", "." and "-"`);
    },
  },
  eachPath(
    'check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files',
    'no hidden files, and none of other systems',
    (path) => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'),
    (path) => `"${path}" is a hidden file`,
  ),
  eachPath(
    'check_that_local_does_not_exist',
    'no settings of one installation',
    (path) => path.startsWith('local/') || path.startsWith('users/'),
    (path) => `"${path}" belongs to an installation, not to an app`,
  ),
  eachPath(
    'check_for_local_meta',
    'no permissions of one installation',
    (path) => path === 'metadata/local.meta',
    () => 'metadata/local.meta belongs to an installation',
  ),
  eachPath(
    'check_metadata_allow_list',
    'metadata/ holds .meta files only',
    (path) => path.startsWith('metadata/') && !/^metadata\/[^/]+\.meta$/.test(path),
    (path) => `"${path}" is no .meta file`,
  ),
  eachPath(
    'check_lookups_allow_list',
    'lookups/ holds tables and models only',
    (path) =>
      path.startsWith('lookups/') && !/\.(csv|csv\.default|csv\.gz|csv\.tgz|kmz|mlmodel)$/i.test(path),
    (path) => `"${path}" is no table`,
  ),
  eachPath(
    'check_for_lookups_file_name',
    'no two tables whose names differ by ".default" alone',
    (path, app) => path.startsWith('lookups/') && app.has(`${path}.default`),
    (path) => `"${path}" and "${path}.default" would overwrite each other`,
  ),
  eachPath(
    'check_static_directory_file_allow_list',
    'static/ holds pictures and plain files only',
    (path) =>
      path.startsWith('static/') &&
      !/\.(png|svg|jpe?g|gif|ico|css|html?|js|md|pdf|txt|csv|json|xml)$/i.test(path),
    (path) => `"${path}" is of a kind that static/ must not hold`,
  ),
  eachPath(
    'check_default_data_ui_file_allow_list',
    'default/data/ui holds views, navigation and panels only',
    (path) =>
      path.startsWith('default/data/ui/') &&
      !/^default\/data\/ui\/(views|nav|panels|alerts|html|manager|quickstart)\/[^/]+\.(xml|html)$/.test(path),
    (path) => `"${path}" is not allowed there`,
  ),
  eachPath(
    'check_filenames_for_spaces',
    'no blanks in names of conf files and views',
    (path) => nameOf(path).includes(' ') && /\.(conf|xml)$/.test(path),
    (path) => `the name of "${path}" has a blank in it`,
  ),
  eachPath(
    'check_package_compression',
    'no archive inside the app',
    (path) => /\.(tar|tgz|tar\.gz|spl|zip|7z|rar|bz2|xz)$/i.test(path) && !path.startsWith('lookups/'),
    (path) => `"${path}" is an archive inside the app`,
  ),
  eachPath(
    'check_for_compiled_python',
    'no compiled Python',
    (path) => /\.py[co]$/.test(path),
    (path) => `"${path}" is compiled Python`,
  ),
  eachPath(
    'check_setup_xml',
    'no setup.xml',
    (path) => nameOf(path) === 'setup.xml',
    (path) => `"${path}" is a setup page of a kind that Splunk no longer runs`,
  ),
  {
    name: 'check_for_git_merge_conflict_in_app',
    level: 'failure',
    summary: 'no marks of an unfinished merge',
    isLocal: true,
    inspect(app, report) {
      inTexts(app, /^<{7} .+$/m, (path, found, line) =>
        report(path, `"${found.slice(0, 40)}" is the mark of an unfinished merge`, { line }),
      );
    },
  },
  {
    name: 'check_validate_json_data_is_well_formed',
    level: 'failure',
    summary: 'every .json file and app.manifest is JSON',
    inspect(app, report) {
      for (const path of app.paths)
        if (path.endsWith('.json') || path === 'app.manifest') {
          const text = app.text(path);
          const fault = jsonFault(text);
          if (fault !== undefined) report(path, `"${path}" is not JSON`, { line: lineAt(text, fault) });
        }
    },
  },
  {
    name: 'check_hostnames_and_ips',
    level: 'warning',
    summary: 'no public addresses, which may be somebody’s',
    isLocal: true,
    inspect(app, report) {
      for (const path of app.paths) if (path.endsWith('.conf')) publicAddresses(app.text(path), path, report);
    },
  },
];

function publicAddresses(text: string, path: string, report: ReportViolation): void {
  for (const match of text.matchAll(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g)) {
    const parts = match[0].split('.').map(Number);
    const [a = 0, b = 0] = parts;
    const isPrivate =
      a === 10 ||
      a === 127 ||
      a === 0 ||
      a >= 224 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128);
    if (parts.every((part) => part < 256) && !isPrivate)
      report(path, `"${match[0]}" is a public address`, { line: lineAt(text, match.index) });
  }
}
