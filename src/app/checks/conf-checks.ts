// Checks of conf files: what they are, what they say of the app, and the saved searches.
import { isSplunkConf } from '../splunk-confs.js';
import { type Check, type InspectedApp, lineAt } from './check.js';
import type { ScannedConf, ScannedStanza } from './scan-conf.js';
import { isTrue, type StanzaFault, stanzaCheck, type Value } from './stanza-check.js';

/** The first stanza of a name in a conf file. */
const stanzaOf = (conf: ScannedConf, name: string): ScannedStanza | undefined =>
  conf.stanzas.find((stanza) => stanza.name === name);

const appValue = (app: InspectedApp, stanza: string, key: string): string | undefined => {
  const conf = app.conf('app');
  const found = stanzaOf(conf, stanza);
  return found && conf.value(found, key);
};

/** The name of a conf file under default/ without ending. */
const confName = (path: string): string => path.slice('default/'.length, -'.conf'.length);

const customConfs = (app: InspectedApp) => app.confPaths.map(confName).filter((name) => !isSplunkConf(name));

const appConf = 'default/app.conf';

/** A check on values of app.conf: the message of what is wrong, if anything. */
function appCheck(name: string, summary: string, fault: (app: InspectedApp) => string | undefined): Check {
  return {
    name,
    level: 'failure',
    summary,
    inspect(app, report) {
      const message = fault(app);
      if (message !== undefined) report(appConf, message);
    },
  };
}

/** A check on every scheduled search; real ones have a cron schedule and are switched on to run. */
const searchCheck = (name: string, summary: string, fault: StanzaFault): Check => ({
  ...stanzaCheck(name, summary, 'savedsearches', fault),
  isLocal: true,
});

const isScheduled = (value: Value): boolean =>
  isTrue(value('enableSched')) && value('cron_schedule') !== undefined;

/** Commands that Splunk has removed, by the check that finds them. */
const removedCommands: ReadonlyMap<string, string> = new Map([
  ['tscollect', 'check_for_tscollect_command_usage'],
  ['input', 'check_for_input_command_usage'],
  ['findtypes', 'check_deprecated_eventtype_autodiscovering'],
]);
/** Uses of a command after a pipe. The word is looked for first: pipes are many, these words are few. */
function usesOfCommand(text: string, command: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(command); at !== -1; at = text.indexOf(command, at + 1)) {
    if (/\w/.test(text[at + command.length] ?? '')) continue;
    let before = at - 1;
    while (before >= 0 && /[\s\\]/.test(text[before]!)) before--;
    if (text[before] === '|') found.push(before);
  }
  return found;
}

/** Every use of a removed command in conf files and views; found in one look, for all three checks. */
const removedUses = new WeakMap<InspectedApp, readonly { command: string; path: string; line: number }[]>();

function commandCheck(command: string): Check {
  return {
    name: removedCommands.get(command)!,
    level: 'failure',
    summary: `no use of the removed command "${command}"`,
    isLocal: true,
    inspect(app, report) {
      let uses = removedUses.get(app);
      if (uses === undefined) {
        uses = app.paths
          .filter((path) => /\.(conf|xml)$/.test(path))
          .flatMap((path) => {
            const text = app.text(path);
            return [...removedCommands.keys()].flatMap((name) =>
              usesOfCommand(text, name).map((at) => ({ command: name, path, line: lineAt(text, at) })),
            );
          });
        removedUses.set(app, uses);
      }
      for (const use of uses)
        if (use.command === command) report(use.path, `command "${command}" is used`, use);
    },
  };
}

export const confChecks: readonly Check[] = [
  {
    name: 'check_config_file_parsing',
    level: 'failure',
    summary: 'conf files parse: no stanza or key twice, nothing after a continuation backslash',
    isLocal: true,
    inspect(app, report) {
      for (const path of [...app.confPaths, ...app.paths.filter((name) => name.endsWith('.meta'))]) {
        const { faults, stanzas } = app.confAt(path);
        for (const { line, message } of [...faults, ...app.repeatedStanzas(path, stanzas)])
          report(path, message, { line });
      }
    },
  },
  appCheck(
    'check_that_extracted_splunk_app_contains_default_app_conf_file',
    'default/app.conf is there',
    (app) => (app.has(appConf) ? undefined : 'default/app.conf is missing'),
  ),
  appCheck('check_version_is_valid_semver', 'the version is three numbers', (app) => {
    const version = appValue(app, 'launcher', 'version');
    return /^\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(version ?? '')
      ? undefined
      : `version "${version ?? ''}" is not of the form 1.2.3`;
  }),
  appCheck('check_for_valid_ui_label', 'the label has 5 to 80 characters', (app) => {
    const label = appValue(app, 'ui', 'label') ?? '';
    return label.length >= 5 && label.length <= 80
      ? undefined
      : `label "${label}" has ${label.length} characters, not 5 to 80`;
  }),
  appCheck('check_that_app_name_config_is_valid', 'id and folder are called the same', (app) => {
    const id = appValue(app, 'package', 'id');
    return id === app.id ? undefined : `id "${id ?? ''}" is not the name of the folder, "${app.id}"`;
  }),
  ...(['install_source_checksum', 'install_source_local_checksum'] as const).map((key) =>
    appCheck(`check_no_${key}`, `no ${key}, which belongs to an installation`, (app) =>
      appValue(app, 'install', key) === undefined ? undefined : `${key} is set`,
    ),
  ),
  appCheck('check_that_app_conf_versions_agree', 'app.conf names one version', (app) => {
    const [id, launcher] = [appValue(app, 'id', 'version'), appValue(app, 'launcher', 'version')];
    return id === undefined || launcher === undefined || id === launcher
      ? undefined
      : `version "${id}" of [id] is not "${launcher}" of [launcher]`;
  }),
  appCheck('check_for_trigger_stanza', 'only custom conf files have a reload trigger', (app) => {
    const conf = app.conf('app');
    const keys = [...(stanzaOf(conf, 'triggers')?.entries.keys() ?? [])];
    const needless = keys.filter(
      (key) => key.startsWith('reload.') && isSplunkConf(key.slice('reload.'.length)),
    );
    return needless.length > 0
      ? `reload trigger of what Splunk reloads itself: ${needless.join(', ')}`
      : undefined;
  }),
  appCheck('check_that_setup_has_not_been_performed', 'the app is not marked as configured', (app) =>
    isTrue(appValue(app, 'install', 'is_configured')) ? 'is_configured must be false' : undefined,
  ),
  appCheck('check_reload_trigger_for_all_custom_confs', 'each custom conf file is reloaded', (app) => {
    const missing = customConfs(app).filter(
      (name) => appValue(app, 'triggers', `reload.${name}`) === undefined,
    );
    return missing.length > 0 ? `no reload trigger for ${missing.join(', ')}` : undefined;
  }),
  {
    name: 'check_custom_conf_replication',
    level: 'failure',
    summary: 'each custom conf file is replicated in a search head cluster',
    inspect(app, report) {
      const conf = app.conf('server');
      const stanza = stanzaOf(conf, 'shclustering');
      const missing = customConfs(app).filter(
        (name) => !(stanza && isTrue(conf.value(stanza, `conf_replication_include.${name}`))),
      );
      if (missing.length > 0) report('default/server.conf', `no replication of ${missing.join(', ')}`);
    },
  },
  {
    name: 'check_no_default_stanzas',
    level: 'failure',
    summary: 'no [default] stanza in conf files whose settings would be global',
    inspect(app, report) {
      for (const path of app.confPaths) {
        // Global settings of a saved search come from no other app; the placeholder there concerns our own stanzas.
        if (path === 'default/savedsearches.conf') continue;
        for (const name of ['default', 'general', 'global', 'stash']) {
          const stanza = stanzaOf(app.confAt(path), name);
          const isSet = stanza !== undefined && stanza.entries.size > 0 && isSplunkConf(confName(path));
          if (isSet && !(name === 'general' && path === 'default/user-prefs.conf'))
            report(path, `a [${name}] stanza sets values for every app`, { line: stanza.line });
        }
      }
    },
  },
  {
    name: 'check_collections_conf_for_specified_name_field_type',
    level: 'failure',
    summary: 'types of collection fields are number, bool, string, time, array or cidr',
    inspect(app, report) {
      const conf = app.conf('collections');
      for (const stanza of conf.stanzas)
        for (const { key, line } of stanza.entries.values()) {
          const type = conf.value(stanza, key) ?? '';
          if (key.startsWith('field.') && !/^(number|bool|string|time|array|cidr)$/.test(type))
            report('default/collections.conf', `"${type}" is no type of a field`, { line });
        }
    },
  },
  {
    name: 'check_transforms_conf_for_external_cmd',
    level: 'failure',
    summary: 'no lookup that starts a program',
    inspect(app, report) {
      const conf = app.conf('transforms');
      for (const stanza of conf.stanzas) {
        const entry = stanza.entries.get('external_cmd');
        if (entry) report('default/transforms.conf', `lookup "${stanza.name}" starts a program`, entry);
      }
    },
  },
  stanzaCheck(
    'check_lookup_files_exist',
    'the table of every lookup is in the app',
    'transforms',
    ({ name }, value, app) => {
      const file = value('filename');
      return file === undefined || app.has(`lookups/${file}`) || app.has(`lookups/${file}.default`)
        ? undefined
        : `table "${file}" of lookup "${name}" is not in lookups/`;
    },
  ),
  stanzaCheck(
    'check_distsearch_conf_for_concerning_replicated_file_size',
    'no change of the size from which bundles are refused',
    'distsearch',
    (_, value) =>
      Number(value('concerningReplicatedFileSize') ?? 0) > 50
        ? 'concerningReplicatedFileSize is above 50'
        : undefined,
  ),
  stanzaCheck(
    'check_command_scripts_python_version',
    'custom commands are run by Python 3',
    'commands',
    ({ name, entries }, value) =>
      entries.has('filename') && !/^python3/.test(value('python.version') ?? '')
        ? `command "${name}" has no python.version = python3`
        : undefined,
  ),
  stanzaCheck('check_for_payload_format', 'alert actions take XML or JSON', 'alert_actions', (_, value) => {
    const format = value('payload_format');
    return format === undefined || /^(xml|json)$/i.test(format)
      ? undefined
      : `payload_format "${format}" is neither xml nor json`;
  }),
  stanzaCheck(
    'check_workflow_actions_link_uri_does_not_use_http_protocol',
    'links of workflow actions are https or relative',
    'workflow_actions',
    ({ name }, value) =>
      /^http:/i.test(value('link.uri') ?? '') ? `link of "${name}" is not encrypted` : undefined,
  ),
  {
    name: 'check_meta_default_write_access',
    level: 'failure',
    summary: 'cloud customers’ sc_admin may write what admin may',
    inspect(app, report) {
      const path = 'metadata/default.meta';
      const all = stanzaOf(app.confAt(path), '');
      if (all && !/write\s*:\s*\[\s*[^\]\s]/.test(app.confAt(path).value(all, 'access') ?? ''))
        report(path, 'the stanza of the whole app says not who may write', { line: all.line });
      for (const stanza of app.confAt(path).stanzas) {
        const access = app.confAt(path).value(stanza, 'access') ?? '';
        const write = /write\s*:\s*\[([^\]]*)\]/.exec(access)?.[1];
        if (write && /\badmin\b/.test(write.replace(/sc_admin/g, '')) && !/sc_admin|\*/.test(write))
          report(path, 'only admin may write, not sc_admin', { line: stanza.line });
      }
    },
  },
  searchCheck(
    'check_for_sched_saved_searches_earliest_time',
    'scheduled searches have a beginning',
    ({ name }, value) =>
      isScheduled(value) && !value('dispatch.earliest_time')
        ? `"${name}" has no dispatch.earliest_time`
        : undefined,
  ),
  searchCheck(
    'check_for_sched_saved_searches_latest_time',
    'scheduled searches have an end',
    ({ name }, value) =>
      isScheduled(value) && !value('dispatch.latest_time')
        ? `"${name}" has no dispatch.latest_time`
        : undefined,
  ),
  searchCheck('check_for_real_time_saved_searches_for_cloud', 'no real-time searches', ({ name }, value) =>
    /^rt/.test(value('dispatch.earliest_time') ?? '') || /^rt/.test(value('dispatch.latest_time') ?? '')
      ? `"${name}" is a real-time search`
      : undefined,
  ),
  searchCheck('check_for_gratuitous_cron_scheduling', 'no search every minute', ({ name }, value) =>
    /^\*(\s+\*){4}$/.test(value('cron_schedule') ?? '') ? `"${name}" runs every minute` : undefined,
  ),
  searchCheck(
    'check_for_sched_saved_searches_action_script_filename',
    'no search that starts a script',
    ({ name }, value) => (value('action.script.filename') ? `"${name}" starts a script` : undefined),
  ),
  searchCheck(
    'check_for_saved_searches_populate_lookup',
    'no search that fills a lookup by an action',
    ({ name }, value) =>
      value('action.populate_lookup') !== undefined ? `"${name}" fills a lookup by an action` : undefined,
  ),
  searchCheck(
    'check_stanza_name_length',
    'names of correlation searches leave room for what ES puts around them (99 characters in all)',
    ({ name }, value) =>
      isTrue(value('action.correlationsearch.enabled')) && name.length > 99
        ? `name "${name}" has ${name.length} characters, at most 99 can be`
        : undefined,
  ),
  commandCheck('tscollect'),
  commandCheck('input'),
  commandCheck('findtypes'),
];
