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

/** Files that detc makes of content, in which commands and keys are those that detections look for. */
const isDerived = (path: string): boolean =>
  path.startsWith('default/data/ui/') ||
  /^default\/(?:savedsearches|analyticstories|macros|transforms|collections|es_investigations|workflow_actions|content-version)\.conf$/.test(
    path,
  );

/** Whether bytes are those of a program: ELF, Windows, macOS, or a script's first line. */
const isProgram = (head: string): boolean =>
  /^(?:\x7fELF|MZ[^\0]*\0|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|#!)/.test(head);
const isPlain = (head: string): boolean => !head.includes('\0');

/** Keys of known forms. */
const keyText =
  /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[baprs]-[0-9A-Za-z-]{10,}/;
/** A setting that holds a secret in plain text. */
const secretSetting =
  /^[^\S\n]*(password|passwd|pass4SymmKey|secret|client_secret|api_?key|aws_secret_access_key)[^\S\n]*[=:][^\S\n]*(?!\$|<|\*)\S{4,}/im;

/** What code must not use, where a look at the text tells; the rest AppInspect finds by reading the code. */
const codePatterns: readonly (readonly [
  name: string,
  level: Check['level'],
  summary: string,
  files: RegExp,
  pattern: RegExp,
])[] = [
  [
    'check_for_removed_m2crypto_usage',
    'failure',
    'no M2Crypto',
    /\.py$/,
    /^\s*(?:import|from)\s+M2Crypto\b.*/m,
  ],
  [
    'check_for_python_udp_network_communications',
    'failure',
    'no network traffic by UDP',
    /\.py$/,
    /\bsocket\.SOCK_DGRAM\b/,
  ],
  [
    'check_for_splunk_js_d3chartview',
    'failure',
    'no chart view of old',
    /\.(?:js|html)$/,
    /splunkjs\/mvc\/d3chart\/d3chartview/,
  ],
  [
    'check_for_splunk_js_googlemapsview',
    'failure',
    'no map view of old',
    /\.(?:js|html)$/,
    /splunkjs\/mvc\/googlemapsview/,
  ],
  [
    'check_for_splunk_js_header_and_footer_view',
    'warning',
    'no header and footer views of old',
    /\.(?:js|html)$/,
    /splunkjs\/mvc\/(?:header|footer)view/,
  ],
];

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
    (path) => path.startsWith('local/'),
    (path) => `"${path}" belongs to an installation, not to an app`,
  ),
  eachPath(
    'check_that_users_does_not_exist',
    'no settings of users',
    (path) => path.startsWith('users/'),
    (path) => `"${path}" belongs to a user, not to an app`,
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
      !/^default\/data\/ui\/(?:(?:views|nav|panels|manager)\/[^/]+\.xml|alerts\/[^/]+\.(?:xml|html))$/.test(
        path,
      ) &&
      !/(?:\.(?:md|txt|old|bak|back|template)|\/readme)$/i.test(path),
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
    'check_for_nested_apps',
    'no app inside the app',
    (path) => /.\/default\/app\.conf$/.test(path),
    (path) => `"${path}" belongs to an app inside the app`,
  ),
  eachPath(
    'check_for_bin_files',
    'programs lie in bin/ and appserver/controllers/',
    (path, app) => !/^(?:bin|[\w.]+\/bin|appserver\/controllers)\//.test(path) && isProgram(app.head(path)),
    (path) => `"${path}" is a program outside of bin/`,
  ),
  eachPath(
    'check_requires_adobe_flash',
    'no Flash',
    (path, app) => /\.(?:swf|fla|jsfl)$/i.test(path) || /^[FCZ]WS/.test(app.head(path)),
    (path) => `"${path}" is Flash`,
  ),
  eachPath(
    'check_for_django_bindings',
    'no views of Django',
    (path) => path.startsWith('django/'),
    (path) => `"${path}" is for a part of Splunk that is gone`,
  ),
  eachPath(
    'check_prohibited_python_filenames',
    'no Python file that hides a module of Python',
    (path) =>
      /^bin\/(?:builtins|copyreg|html|http|queue|reprlib|socketserver|test|tkinter|winreg|xmlrpc|_dummy_thread|_markupbase|_thread)\.py$/.test(
        path,
      ),
    (path) => `"${path}" has a name that a module of Python has`,
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
  ...codePatterns.map(
    ([name, level, summary, files, pattern]): Check => ({
      name,
      level,
      summary,
      inspect(app, report) {
        for (const path of app.paths) {
          if (!files.test(path)) continue;
          const text = app.text(path);
          const match = pattern.exec(text);
          if (match) report(path, `"${match[0].trim()}" is used`, { line: lineAt(text, match.index) });
        }
      },
    }),
  ),
  {
    name: 'check_destructive_commands',
    level: 'failure',
    summary: 'no command that destroys files',
    inspect(app, report) {
      // Documents and code of languages that AppInspect reads by themselves are left to it.
      const texts = app.paths.filter(
        (path) =>
          !/\.(?:txt|md|org|csv|rst|py|js|ts|tmpl|html)$/i.test(path) &&
          !isDerived(path) &&
          isPlain(app.head(path)),
      );
      for (const path of texts) {
        const text = app.text(path);
        const match = /\brm -rf\b|["']rm["']\s*,\s*["']-[rf]{2}["']/.exec(text);
        if (match) report(path, `"${match[0]}" destroys files`, { line: lineAt(text, match.index) });
      }
    },
  },
  {
    name: 'check_for_secret_disclosure',
    level: 'failure',
    summary: 'no keys and passwords in files',
    inspect(app, report) {
      for (const path of app.paths) {
        if (isDerived(path) || !isPlain(app.head(path)) || /\.(?:csv|md)$/i.test(path)) continue;
        const text = app.text(path);
        const key = keyText.exec(text);
        const setting = /\.(?:conf|ini|cfg|env|ya?ml)$/i.test(path) ? secretSetting.exec(text) : null;
        if (key) report(path, 'a secret key stands in the file', { line: lineAt(text, key.index) });
        else if (setting)
          report(path, `${setting[1]} stands in the file`, { line: lineAt(text, setting.index) });
      }
    },
  },
  {
    name: 'check_runshellscript_command',
    level: 'failure',
    summary: 'no search that starts a script of the server',
    isLocal: true,
    inspect(app, report) {
      for (const path of app.paths) {
        if (!/\.(?:conf|xml)$/.test(path)) continue;
        const text = app.text(path);
        const match = /\|\s*runshellscript\b/.exec(text);
        if (match) report(path, 'command "runshellscript" is used', { line: lineAt(text, match.index) });
      }
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
