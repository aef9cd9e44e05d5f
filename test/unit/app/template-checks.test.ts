// What an app template can bring and an app must not have: each check of it finds a planted fault and no sound neighbour.
import { describe, expect, test } from 'vitest';
import { deniedConfChecks } from '../../../src/app/checks/denied-confs.js';
import { inspectApp } from '../../../src/app/checks/index.js';
import { serverChecks } from '../../../src/app/checks/server-checks.js';

/** Codes found in an app of these files alone, strictly. */
const codesIn = (files: Readonly<Record<string, string | Uint8Array>>): string[] =>
  inspectApp(
    'sound',
    Object.entries(files).map(([path, content]) => ({ path: `sound/${path}`, content })),
    true,
  ).map(({ code }) => code);

const role = (text: string) => ({ 'default/authorize.conf': `[role_analyst]\n${text}\n` });

/** The check, files in which it must find something, and files so near to them that it must not. */
type Files = Readonly<Record<string, string | Uint8Array>>;
const faults: readonly (readonly [check: string, faulty: Files, sound?: Files])[] = [
  [
    'check_inputs_conf_for_batch',
    { 'default/inputs.conf': '[batch:///var/log/x]\n' },
    { 'default/inputs.conf': '[batch://$SPLUNK_HOME/var/spool/splunk/x]\n[monitor:///var/log/x]\n' },
  ],
  ['check_for_inputs_fifo_usage', { 'default/inputs.conf': '[fifo:///x]\n' }],
  [
    'check_inputs_conf_for_tcp',
    { 'default/inputs.conf': '[tcp://514]\n' },
    { 'default/inputs.conf': '[tcp-ssl:514]\n' },
  ],
  [
    'check_inputs_conf_for_splunk_tcp',
    { 'default/inputs.conf': '[splunktcp://9997]\n' },
    { 'default/inputs.conf': '[splunktcp-ssl:9997]\n' },
  ],
  ['check_inputs_conf_for_fschange', { 'default/inputs.conf': '[fschange:/etc]\n' }],
  ['check_inputs_conf_for_http_global_usage', { 'default/inputs.conf': '[http]\n' }],
  ['check_inputs_conf_for_http_inputs', { 'default/inputs.conf': '[http://token]\n' }],
  ['check_inputs_conf_for_splunktcptoken', { 'default/inputs.conf': '[splunktcptoken://x]\n' }],
  [
    'check_inputs_conf_for_udp',
    { 'default/inputs.conf': '[udp://514]\n' },
    { 'default/inputs.conf': '[udp://514]\ndisabled = 1\n' },
  ],
  ['check_inputs_conf_for_ssl', { 'default/inputs.conf': '[SSL]\n' }],
  ['check_inputs_conf_for_remote_queue_monitor', { 'default/inputs.conf': '[remote_queue:x]\n' }],
  [
    'check_that_app_contains_any_windows_specific_components',
    { 'default/inputs.conf': '[WinEventLog://Security]\n' },
    { 'default/inputs.conf': '[monitor:///var/log]\n' },
  ],
  [
    'check_if_outputs_conf_exists',
    { 'default/outputs.conf': '[tcpout]\ndefaultGroup = x\n' },
    { 'default/outputs.conf': '[tcpout]\ndisabled = true\n' },
  ],
  ['check_for_autolb_setting_in_outputs_conf', { 'default/outputs.conf': '[tcpout]\nautoLB = true\n' }],
  [
    'check_indexes_conf_only_uses_splunk_db_variable',
    { 'default/indexes.conf': '[x]\nhomePath = /opt/x/db\n' },
    { 'default/indexes.conf': '[x]\nhomePath = $SPLUNK_DB/x/db\n' },
  ],
  [
    'check_indexes_conf_properties',
    { 'default/indexes.conf': '[x]\nmaxDataSize = 10\n' },
    {
      'default/indexes.conf':
        '[x]\nhomePath = $SPLUNK_DB/x/db\ncoldPath = $SPLUNK_DB/$_index_name/colddb\nfrozenTimePeriodInSecs = 1\nrepFactor = auto\n',
    },
  ],
  [
    'check_lower_cased_index_names',
    { 'default/indexes.conf': '[MyIndex]\n' },
    { 'default/indexes.conf': '[my_index-2]\n' },
  ],
  ['check_for_index_volume_usage', { 'default/indexes.conf': '[volume:hot]\n' }],
  [
    'check_web_conf',
    { 'default/web.conf': '[settings]\nx = 1\n' },
    { 'default/web.conf': '[expose:x]\npattern = a\nmethods = GET\n' },
  ],
  ['check_web_conf', { 'default/web.conf': '[expose:x]\nskipCSRFProtection = 1\n' }],
  [
    'check_web_conf_for_simple_xml_module_render',
    { 'default/web.conf': '[s]\nsimple_xml_module_render = 1\n' },
  ],
  [
    'check_web_conf_for_simple_xml_force_flash_charting',
    { 'default/web.conf': '[s]\nsimple_xml_force_flash_charting = 1\n' },
  ],
  [
    'check_authorize_conf_admin_all_objects_privileges',
    role('admin_all_objects = enabled'),
    role('admin_all_objects = disabled\nimportRoles = user'),
  ],
  ['check_authorize_conf_admin_all_objects_privileges', role('importRoles = user;admin')],
  [
    'check_import_roles_and_grantable_roles_for_builtin_roles',
    { 'default/authorize.conf': '[role_power]\nimportRoles = user\n' },
    role('importRoles = power'),
  ],
  ['check_delete_indexes_allowed', role('delete_by_keyword = enabled'), role('delete_by_keyword = disabled')],
  [
    'check_authorize_conf_capability_not_modified',
    { 'default/authorize.conf': '[capability::accelerate_search]\n' },
  ],
  ['check_authorize_conf_role_names', { 'default/authorize.conf': '[role_Bad Name]\n' }, role('')],
  [
    'check_stanza_of_authentication_conf',
    { 'default/authentication.conf': '[authentication]\nauthType = SAML\n' },
    { 'default/authentication.conf': '[roleMap_SAML]\nuser = x\n' },
  ],
  [
    'check_stanza_of_authentication_conf',
    { 'default/authentication.conf': '[userToRoleMap_SAML]\nann = admin::Ann\n' },
  ],
  [
    'check_role_map_should_not_map_splunk_system_role',
    { 'default/authentication.conf': '[roleMap_SAML]\nsplunk-system-role = x\n' },
  ],
  [
    'check_server_conf_only_contains_custom_conf_sync_stanzas_or_diag_stanza',
    { 'default/server.conf': '[sslConfig]\nx = 1\n' },
    {
      'default/server.conf': '[shclustering]\nconf_replication_include.x = true\n[diag]\nEXCLUDE-x = y\n',
    },
  ],
  [
    'check_server_conf_only_contains_custom_conf_sync_stanzas_or_diag_stanza',
    { 'default/server.conf': '[shclustering]\npass4SymmKey = x\n' },
  ],
  [
    'check_for_outdated_ssl_tls',
    { 'default/server.conf': '[sslConfig]\nsslVersions = tls1.0\n' },
    { 'default/server.conf': '[sslConfig]\nsslVersions = tls1.2, tls1.3\n' },
  ],
  [
    'check_props_conf_has_no_ingest_eval_lookups',
    { 'default/props.conf': '[x]\nINGEST_EVAL-a = b=lookup("c", json_object())\n' },
    { 'default/props.conf': '[x]\nEVAL-a = lookup("c", json_object())\n' },
  ],
  [
    'check_props_conf_unarchive_cmd_is_not_set',
    { 'default/props.conf': '[x]\nunarchive_cmd = gunzip\n' },
    { 'default/props.conf': '[x]\nunarchive_cmd = _auto\n' },
  ],
  [
    'check_props_conf_has_no_prohibited_characters_in_sourcetypes',
    { 'default/props.conf': '[a<b>]\n' },
    { 'default/props.conf': '[a:b]\n[source::/var/log/x?]\n' },
  ],
  [
    'check_for_savedsearches_used_in_eventtypes_conf',
    { 'default/eventtypes.conf': '[x]\nsearch = | savedsearch y\n' },
    { 'default/eventtypes.conf': '[x]\nsearch = index=x\n' },
  ],
  [
    'check_for_datamodel_acceleration',
    { 'default/datamodels.conf': '[x]\nacceleration = true\n' },
    { 'default/datamodels.conf': '[x]\nacceleration = false\n' },
  ],
  [
    'check_rest_handler_scripts_exist_for_cloud',
    { 'default/restmap.conf': '[script:x]\nscript = x.py\n' },
    { 'default/restmap.conf': '[script:x]\nscript = x.py\n', 'bin/x.py': '' },
  ],
  [
    'check_rest_handler_python_executable_exists',
    { 'default/restmap.conf': '[script:x]\n' },
    { 'default/restmap.conf': '[script:x]\npython.version = python3\n[restmap:y]\n' },
  ],
  [
    'check_alert_actions_exe_exist',
    { 'default/alert_actions.conf': '[x]\nis_custom = 1\n' },
    { 'default/alert_actions.conf': '[x]\nis_custom = 1\n[email]\n', 'bin/x.py': '' },
  ],
  [
    'check_command_scripts_exist_for_cloud',
    { 'default/commands.conf': '[x]\nfilename = x.py\n' },
    { 'default/commands.conf': '[x]\nfilename = x.py\n', 'bin/x.py': '' },
  ],
  [
    'check_manipulation_outside_of_app_container',
    { 'default/restmap.conf': '[script:x]\npythonHandlerPath = $SPLUNK_HOME/etc/apps/other/bin/x.py\n' },
    { 'default/restmap.conf': '[script:x]\npythonHandlerPath = $SPLUNK_HOME/etc/apps/sound/bin/x.py\n' },
  ],
  [
    'check_manipulation_outside_of_app_container',
    { 'default/app.conf': '[x]\nverify_script = "../other/x.py"\n' },
  ],
  [
    'check_no_default_stanzas',
    { 'default/server.conf': '[general]\nx = 1\n' },
    { 'default/user-prefs.conf': '[general]\nx = 1\n', 'default/macros.conf': '[default]\n' },
  ],
  ['check_that_users_does_not_exist', { 'users/ann/local/x.conf': '' }],
  ['check_for_nested_apps', { 'apps/inner/default/app.conf': '' }],
  [
    'check_package_compression',
    { 'README/inner.tgz': '', 'README/inner.zip': '' },
    { 'lookups/places.kmz': '' },
  ],
  ['check_for_bin_files', { 'lib/tool': Buffer.from('\x7fELF\x02\x01') }, { 'bin/tool': '\x7fELF' }],
  [
    'check_for_bin_files',
    { 'static/tool.png': Buffer.from('MZ\x90\0\x03') },
    { 'README.md': 'MZ is a mark' },
  ],
  ['check_requires_adobe_flash', { 'static/x.png': 'FWS\x09' }, { 'static/x.png': '\x89PNG' }],
  ['check_for_django_bindings', { 'django/x/views.py': '' }],
  ['check_prohibited_python_filenames', { 'bin/http.py': '' }, { 'bin/lib/http.py': '' }],
  ['check_for_compiled_python', { 'bin/__pycache__/x.pyc': '' }, { 'bin/x.py': '' }],
  [
    'check_destructive_commands',
    { 'bin/clean.sh': '#!/bin/sh\nrm -rf /tmp/x\n' },
    { 'README.md': 'rm -rf x', 'default/savedsearches.conf': '[x]\nsearch = process="rm -rf *"\n' },
  ],
  [
    'check_for_secret_disclosure',
    { 'certs/key.pem': '-----BEGIN RSA PRIVATE KEY-----\nMII\n' },
    { 'default/savedsearches.conf': '[x]\nsearch = password = abcdef\n' },
  ],
  [
    'check_for_secret_disclosure',
    { 'default/own.conf': '[x]\npassword = hunter2\n' },
    { 'default/own.conf': '[x]\npassword = $token$\npassword =\nusername = someone\n' },
  ],
  [
    'check_for_secret_disclosure',
    { 'bin/x.py': 'key = "AKIAIOSFODNN7EXAMPLE"\n' },
    { 'bin/x.py': 'password = ask()\n' },
  ],
  [
    'check_runshellscript_command',
    { 'default/macros.conf': '[x]\ndefinition = search x | runshellscript a\n' },
    { 'default/macros.conf': '[x]\ndefinition = search runshellscript\n' },
  ],
  ['check_for_removed_m2crypto_usage', { 'bin/x.py': 'from M2Crypto import RSA\n' }],
  ['check_for_python_udp_network_communications', { 'bin/x.py': 's(socket.SOCK_DGRAM)\n' }],
  ['check_for_splunk_js_d3chartview', { 'appserver/static/a.js': '"splunkjs/mvc/d3chart/d3chartview"' }],
  ['check_for_splunk_js_googlemapsview', { 'appserver/static/a.js': '"splunkjs/mvc/googlemapsview"' }],
  ['check_for_splunk_js_header_and_footer_view', { 'appserver/static/a.js': '"splunkjs/mvc/headerview"' }],
  [
    'check_for_advanced_xml_module_elements',
    { 'default/data/ui/views/v.xml': '<view><module name="x"/></view>' },
  ],
  [
    'check_for_simple_xml_single_element_with_deprecated_option_names',
    {
      'default/data/ui/views/v.xml':
        '<form version="1.1"><single><option name="linkView">a</option></single></form>',
    },
  ],
  [
    'check_for_simple_xml_chart_element_with_deprecated_option_names',
    {
      'default/data/ui/views/v.xml':
        '<form version="1.1"><option name="charting.axisLabelsY.majorTickSize">a</option></form>',
    },
  ],
  [
    'check_default_data_ui_file_allow_list',
    { 'default/data/ui/html/x.html': '' },
    { 'default/data/ui/views/x.xml': '<form version="1.1"/>', 'default/data/ui/views/x.bak': '' },
  ],
  [
    'check_meta_default_write_access',
    { 'metadata/default.meta': '[]\naccess = read : [ * ]\n' },
    { 'metadata/default.meta': '[views]\naccess = read : [ * ]\n' },
  ],
];

describe('checks of what a template brings', () => {
  test.each(faults.map(([check, faulty, sound = {}]) => [check, faulty, sound] as const))(
    '%s',
    (check, faulty, sound) => {
      expect(codesIn(faulty)).toContain(check);
      expect(codesIn(sound)).not.toContain(check);
    },
  );

  test.each(deniedConfChecks.map(({ name, summary }) => [name, /^no (\S+\.conf),/.exec(summary)?.[1] ?? '']))(
    '%s: %s',
    (name, file) => {
      expect(codesIn({ [`default/${file}`]: '[a]\nx = 1\n' })).toContain(name);
      expect(codesIn({ [`README/${file}.spec`]: '' })).not.toContain(name);
    },
  );

  test('every check of settings of the server has a fault here', () => {
    const planted = new Set(faults.map(([name]) => name));
    expect(serverChecks.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});
