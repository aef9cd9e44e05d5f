// Checks of conf files that only an app template brings: inputs, indexes, roles, and what else sets up a server.
import type { Check } from './check.js';
import type { ScannedStanza } from './scan-conf.js';
import { isTrue, stanzaCheck } from './stanza-check.js';

const listOf = (value: string | undefined): string[] =>
  (value ?? '').split(/[;,]/).map((item) => item.trim());
const keysOf = (stanza: ScannedStanza): string[] => [...stanza.entries.keys()];

/** Inputs that Splunk Cloud refuses: the beginning of their stanza, the check, what they are. */
const refusedInputs: readonly (readonly [RegExp, string, string])[] = [
  [/^batch:/, 'check_inputs_conf_for_batch', 'deletes what it reads'],
  [/^fifo:/, 'check_for_inputs_fifo_usage', 'reads a pipe'],
  [/^tcp:/, 'check_inputs_conf_for_tcp', 'listens to a port without encryption'],
  [/^splunktcp:/, 'check_inputs_conf_for_splunk_tcp', 'listens to forwarders without encryption'],
  [/^fschange:/, 'check_inputs_conf_for_fschange', 'watches the file system'],
  [/^http$/, 'check_inputs_conf_for_http_global_usage', 'sets up the event collector of the server'],
  [/^http:\/\//, 'check_inputs_conf_for_http_inputs', 'holds a token of the event collector'],
  [/^splunktcptoken:/, 'check_inputs_conf_for_splunktcptoken', 'holds a token of forwarders'],
  [/^udp:/, 'check_inputs_conf_for_udp', 'listens to a port'],
  [/^SSL$/, 'check_inputs_conf_for_ssl', 'sets up encryption of the server'],
  [/^remote_queue:/, 'check_inputs_conf_for_remote_queue_monitor', 'reads a queue'],
];

const windowsInput =
  /^(?:monitor|script):\/\/(?:[a-z]:|\.)\\|^(?:perfmon|MonitorNoHandle|WinEventLog|admon|WinRegMon|WinHostMon|WinPrintMon|WinNetMon|powershell2?):\/\//i;

/** Roles that a server has of its own, and that no other role may take after. */
const ownRoles = new Set([
  'admin',
  'sc_admin',
  'splunk-system-role',
  'power',
  'user',
  'can_delete',
  'tokens_auth',
]);
const mightyRoles = new Set(['admin', 'sc_admin', 'splunk-system-role']);
const roleOf = ({ name }: ScannedStanza): string | undefined => /^role_(.*)$/.exec(name)?.[1];

export const serverChecks: readonly Check[] = [
  ...refusedInputs.map(([pattern, name, what]) =>
    stanzaCheck(name, `no input that ${what}`, 'inputs', (stanza, value) =>
      // Splunk itself takes files from its spool by batch.
      pattern.test(stanza.name) &&
      !isTrue(value('disabled')) &&
      !/\$SPLUNK_HOME\/var\/spool/.test(stanza.name)
        ? `input [${stanza.name}] ${what}`
        : undefined,
    ),
  ),
  stanzaCheck(
    'check_that_app_contains_any_windows_specific_components',
    'no inputs that only Windows has',
    'inputs',
    ({ name }) => (windowsInput.test(name) ? `input [${name}] is one of Windows` : undefined),
    'warning',
  ),
  stanzaCheck('check_if_outputs_conf_exists', 'no forwarding of data', 'outputs', ({ name }, value) =>
    isTrue(value('disabled')) ? undefined : `[${name}] forwards data`,
  ),
  stanzaCheck(
    'check_for_autolb_setting_in_outputs_conf',
    'no autoLB, which is always on',
    'outputs',
    ({ name, entries }) => (entries.has('autoLB') ? `[${name}] sets autoLB` : undefined),
  ),
  stanzaCheck(
    'check_indexes_conf_only_uses_splunk_db_variable',
    'indexes lie in $SPLUNK_DB',
    'indexes',
    (stanza, value) => {
      const outside = [
        'homePath',
        'coldPath',
        'thawedPath',
        'bloomHomePath',
        'summaryHomePath',
        'tstatsHomePath',
      ].filter((key) => value(key) !== undefined && !value(key)?.includes('$SPLUNK_DB'));
      return outside.length > 0
        ? `index "${stanza.name}" has its ${outside.join(', ')} outside $SPLUNK_DB`
        : undefined;
    },
  ),
  stanzaCheck(
    'check_indexes_conf_properties',
    'indexes set their three paths as Splunk does, and at most how long events are kept',
    'indexes',
    (stanza, value) => {
      for (const key of keysOf(stanza)) {
        const folder = { homePath: 'db', coldPath: 'colddb', thawedPath: 'thaweddb' }[key];
        if (folder !== undefined) {
          const path = `$SPLUNK_DB/${stanza.name}/${folder}`;
          if (value(key) !== path && value(key) !== `$SPLUNK_DB/$_index_name/${folder}`)
            return `${key} of index "${stanza.name}" is not ${path}`;
        } else if (!/^(?:frozenTimePeriodInSecs|disabled|datatype|repFactor)$/.test(key))
          return `index "${stanza.name}" sets ${key}`;
        else if (key === 'repFactor' && value(key) !== 'auto')
          return `repFactor of index "${stanza.name}" is not auto`;
      }
      return undefined;
    },
  ),
  stanzaCheck('check_lower_cased_index_names', 'names of indexes are in lower case', 'indexes', ({ name }) =>
    /^(?:default|volume:|provider|virtual|_introspection)/.test(name) ||
    (/^[a-z0-9][a-z0-9_-]*$/.test(name) && !name.includes('kvstore'))
      ? undefined
      : `"${name}" is no name of an index`,
  ),
  stanzaCheck('check_for_index_volume_usage', 'no volumes', 'indexes', ({ name }) =>
    name.startsWith('volume:') ? `[${name}] sets up a volume of the server` : undefined,
  ),
  stanzaCheck('check_web_conf', 'web.conf names endpoints only', 'web', (stanza) => {
    if (/^(?:endpoint|expose):/.test(stanza.name)) {
      const others = keysOf(stanza).filter((key) => key !== 'pattern' && key !== 'methods');
      const isExposed = stanza.name.startsWith('expose:');
      return isExposed && others.length > 0 ? `[${stanza.name}] sets ${others.join(', ')}` : undefined;
    }
    return `[${stanza.name}] sets up Splunk Web`;
  }),
  ...(['simple_xml_module_render', 'simple_xml_force_flash_charting'] as const).map((key) =>
    stanzaCheck(
      `check_web_conf_for_${key}`,
      `no ${key}, which Splunk has removed`,
      'web',
      ({ name, entries }) => (entries.has(key) ? `[${name}] sets ${key}` : undefined),
    ),
  ),
  stanzaCheck(
    'check_authorize_conf_admin_all_objects_privileges',
    'no role that may do all, or takes after one that may',
    'authorize',
    (stanza, value) => {
      const role = roleOf(stanza);
      if (role === undefined) return undefined;
      if (isTrue(value('admin_all_objects'))) return `role "${role}" may do everything`;
      const mighty = listOf(value('importRoles')).filter((name) => mightyRoles.has(name));
      return mighty.length > 0 ? `role "${role}" takes after ${mighty.join(', ')}` : undefined;
    },
  ),
  stanzaCheck(
    'check_import_roles_and_grantable_roles_for_builtin_roles',
    'roles of Splunk stay as they are, and no role takes after admin',
    'authorize',
    (stanza, value) => {
      const role = roleOf(stanza);
      if (role === undefined) return undefined;
      for (const key of ['importRoles', 'grantableRoles']) {
        if (value(key) === undefined) continue;
        if (ownRoles.has(role)) return `${key} of role "${role}", which is Splunk's own, is changed`;
        const mighty = listOf(value(key)).filter((name) => mightyRoles.has(name));
        if (mighty.length > 0) return `role "${role}" names ${mighty.join(', ')} in ${key}`;
      }
      return undefined;
    },
  ),
  stanzaCheck(
    'check_delete_indexes_allowed',
    'no role that may delete events',
    'authorize',
    (stanza, value) => {
      const role = roleOf(stanza);
      return role !== undefined && isTrue(value('delete_by_keyword'))
        ? `role "${role}" may delete events`
        : undefined;
    },
  ),
  stanzaCheck(
    'check_authorize_conf_capability_not_modified',
    'capabilities stay as they are',
    'authorize',
    ({ name }) => (name.startsWith('capability::') ? `[${name}] changes a capability` : undefined),
  ),
  stanzaCheck(
    'check_authorize_conf_role_names',
    'names of roles are such as Splunk takes',
    'authorize',
    (stanza) => {
      const role = roleOf(stanza);
      return role === undefined || /^[^\sA-Z:;/|]+$/.test(role)
        ? undefined
        : `"${role}" is no name of a role`;
    },
  ),
  stanzaCheck(
    'check_stanza_of_authentication_conf',
    'authentication.conf maps roles, and none to admin',
    'authentication',
    (stanza, value) => {
      if (!/^(?:roleMap|userToRoleMap)_/.test(stanza.name)) return `[${stanza.name}] sets how users log in`;
      const isAdmin = stanza.name.startsWith('roleMap_')
        ? stanza.entries.has('admin')
        : keysOf(stanza).some((key) => /^admin(?:::|$)/.test(value(key) ?? ''));
      return isAdmin ? `[${stanza.name}] makes users admin` : undefined;
    },
  ),
  stanzaCheck(
    'check_role_map_should_not_map_splunk_system_role',
    'nobody becomes splunk-system-role',
    'authentication',
    ({ name, entries }) =>
      name.startsWith('roleMap_') && entries.has('splunk-system-role')
        ? `[${name}] maps users to splunk-system-role`
        : undefined,
  ),
  stanzaCheck(
    'check_server_conf_only_contains_custom_conf_sync_stanzas_or_diag_stanza',
    'server.conf replicates conf files and adds to diags, and nothing else',
    'server',
    (stanza) => {
      const allowed = new Map([
        ['shclustering', /^conf_replication_include\./],
        ['diag', /^EXCLUDE-/],
      ]).get(stanza.name);
      if (allowed === undefined) return `[${stanza.name}] sets up the server`;
      const others = keysOf(stanza).filter((key) => !allowed.test(key));
      return others.length > 0 ? `[${stanza.name}] sets ${others.join(', ')}` : undefined;
    },
  ),
  stanzaCheck('check_for_outdated_ssl_tls', 'TLS 1.2 or later', 'server', ({ name }, value) => {
    const versions = value('sslVersions');
    return versions === undefined || /^(?:tls1\.[23][\s,]*)+$/.test(versions)
      ? undefined
      : `[${name}] allows "${versions}"`;
  }),
  stanzaCheck(
    'check_props_conf_has_no_ingest_eval_lookups',
    'no lookup while data is indexed',
    'props',
    (stanza, value) =>
      keysOf(stanza).some((key) => key.startsWith('INGEST_EVAL') && /\blookup\s*\(/.test(value(key) ?? ''))
        ? `[${stanza.name}] looks up while data is indexed`
        : undefined,
  ),
  stanzaCheck(
    'check_props_conf_unarchive_cmd_is_not_set',
    'no program that unpacks',
    'props',
    ({ name }, value) =>
      value('unarchive_cmd') === undefined || value('unarchive_cmd') === '_auto'
        ? undefined
        : `[${name}] starts a program to unpack`,
  ),
  stanzaCheck(
    'check_props_conf_has_no_prohibited_characters_in_sourcetypes',
    'names of source types are such as Splunk shows',
    'props',
    ({ name }) =>
      /^(?:source|host|rule|delayedrule)::/.test(name) || !/[<>?&#[\]/]|::/.test(name)
        ? undefined
        : `name "${name}" of a source type may not be shown`,
    'warning',
  ),
  stanzaCheck(
    'check_for_savedsearches_used_in_eventtypes_conf',
    'event types run no saved search',
    'eventtypes',
    ({ name }, value) =>
      /\| ?savedsearch /.test(value('search') ?? '') ? `event type "${name}" runs a saved search` : undefined,
  ),
  stanzaCheck(
    'check_for_datamodel_acceleration',
    'data models are not accelerated',
    'datamodels',
    ({ name }, value) => (isTrue(value('acceleration')) ? `data model "${name}" is accelerated` : undefined),
  ),
  stanzaCheck(
    'check_rest_handler_scripts_exist_for_cloud',
    'handlers of REST endpoints are in bin/',
    'restmap',
    ({ name }, value, app) => {
      const script = value('script') ?? value('handler_file');
      return name.startsWith('script:') && script !== undefined && !app.has(`bin/${script}`)
        ? `"${script}" of [${name}] is not in bin/`
        : undefined;
    },
  ),
  stanzaCheck(
    'check_rest_handler_python_executable_exists',
    'handlers of REST endpoints are run by Python 3',
    'restmap',
    ({ name }, value) =>
      /^(?:script|admin_external):/.test(name) &&
      !/^(?:python3|latest)/.test(value('python.version') ?? value('python.required') ?? '')
        ? `[${name}] has no python.version = python3`
        : undefined,
  ),
  stanzaCheck(
    'check_alert_actions_exe_exist',
    'programs of alert actions are in bin/',
    'alert_actions',
    ({ name }, value, app) => {
      if (!isTrue(value('is_custom'))) return undefined;
      const program = value('alert.execute.cmd');
      const files =
        program === undefined
          ? ['py', 'sh', 'js', 'bat', 'cmd', 'exe'].map((end) => `${name}.${end}`)
          : [program];
      // A reference to another path is looked at elsewhere.
      if (program !== undefined && /[/\\]|\.path$/.test(program)) return undefined;
      const folders = ['bin', 'linux_x86_64/bin', 'windows_x86_64/bin', 'darwin_x86_64/bin', 'linux_x86/bin'];
      return folders.some((folder) => files.some((file) => app.has(`${folder}/${file}`)))
        ? undefined
        : `the program of alert action "${name}" is not in bin/`;
    },
  ),
  stanzaCheck(
    'check_command_scripts_exist_for_cloud',
    'scripts of custom commands are in bin/',
    'commands',
    ({ name }, value, app) => {
      const file = value('filename') ?? `${name}.py`;
      return app.has(`bin/${file}`) || /\.path$/.test(file)
        ? undefined
        : `script "${file}" of command "${name}" is not in bin/`;
    },
    'warning',
  ),
  {
    name: 'check_manipulation_outside_of_app_container',
    level: 'failure',
    summary: 'no conf file names a program outside of the app',
    inspect(app, report) {
      for (const [conf, key] of programKeys) {
        const path = `default/${conf}.conf`;
        if (!app.has(path)) continue;
        const scanned = app.confAt(path);
        for (const stanza of scanned.stanzas) {
          const value = scanned.value(stanza, key);
          if (value !== undefined && leadsOut(value, app.id))
            report(
              path,
              `${key} "${value}" of [${stanza.name}] leads out of the app`,
              stanza.entries.get(key),
            );
        }
      }
    },
  },
];

/** Keys whose value is a program. */
const programKeys = [
  ['app', 'verify_script'],
  ['distsearch', 'genKeyScript'],
  ['restmap', 'pythonHandlerPath'],
  ['authentication', 'scriptPath'],
  ['server', 'certCreateScript'],
  ['limits', 'search_process_mode'],
] as const;

function leadsOut(value: string, id: string): boolean {
  return (value.match(/"[^"]+"|'[^']+'|[^"'\s]+/g) ?? []).some((part) => {
    const path = part.replace(/^["']|["']$/g, '').replaceAll('\\', '/');
    if (path.split('/').includes('..')) return true;
    const app = /^\$SPLUNK_HOME\/etc\/apps\/([^/]+)/.exec(path)?.[1];
    return path.startsWith('$SPLUNK_HOME/') ? app !== id : /^(?:\/|[A-Za-z]:\/)/.test(path);
  });
}
