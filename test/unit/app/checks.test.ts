// Every check finds its fault, at its line, and a sound app has none.
import { describe, expect, test } from 'vitest';
import { checks, inspectApp } from '../../../src/app/checks/index.js';
import { xmlFault } from '../../../src/app/checks/xml.js';

const sound: Readonly<Record<string, string>> = {
  'app.manifest': '{}',
  'default/app.conf':
    '[install]\nis_configured = false\n[triggers]\nreload.custom = simple\n[launcher]\nversion = 1.2.3\n[ui]\nlabel = Sound app\n[package]\nid = sound\n',
  'default/custom.conf': '[a]\nkey = value\n',
  'default/server.conf': '[shclustering]\nconf_replication_include.custom = true\n',
  'default/savedsearches.conf':
    '[default]\ndisabled = 1\n[S - Rule]\naction.correlationsearch.enabled = 1\nenableSched = 1\ncron_schedule = 0 * * * *\ndispatch.earliest_time = -1h\ndispatch.latest_time = now\ndescription = ends in \\ \\\n\nsearch = index=main \\\n| head 1\n',
  'default/transforms.conf': '[table]\nfilename = table.csv\n',
  'default/collections.conf': '[c]\nfield.a = number\n',
  'default/data/ui/views/v.xml':
    '<!-- seed -->\n<dashboard version="2">\n<label>A &amp; B</label>\n<definition><![CDATA[{"<seed>": 1}]]></definition>\n</dashboard>\n',
  'lookups/table.csv': 'a\n1\n',
  'metadata/default.meta': '[]\naccess = read : [ * ], write : [ admin, sc_admin ]\n',
  'static/appIcon.png': '',
};
const inspect = (changes: Readonly<Record<string, string>>, id = 'sound', strict = false) =>
  inspectApp(
    id,
    Object.entries({ ...sound, ...changes }).map(([path, content]) => ({ path: `${id}/${path}`, content })),
    strict,
  );
const searches = (replace: string, by: string) => ({
  'default/savedsearches.conf': sound['default/savedsearches.conf']!.replace(replace, by),
});
const app = (replace: string, by: string) => ({
  'default/app.conf': sound['default/app.conf']!.replace(replace, by),
});
const view = (text: string) => ({
  'default/data/ui/views/v.xml': `<dashboard version="2">\n${text}\n</dashboard>`,
});

const faults: readonly (readonly [name: string, changes: Readonly<Record<string, string>>, line: number])[] =
  [
    [
      'check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files',
      { 'default/.DS_Store': '' },
      1,
    ],
    ['check_that_local_does_not_exist', { 'local/app.conf': '' }, 1],
    ['check_for_local_meta', { 'metadata/local.meta': '' }, 1],
    ['check_metadata_allow_list', { 'metadata/note.txt': '' }, 1],
    ['check_lookups_allow_list', { 'lookups/tool.exe': '' }, 1],
    ['check_for_lookups_file_name', { 'lookups/table.csv.default': '' }, 1],
    ['check_static_directory_file_allow_list', { 'static/x.sh': '' }, 1],
    ['check_default_data_ui_file_allow_list', { 'default/data/ui/views/x.exe': '' }, 1],
    ['check_filenames_for_spaces', { 'default/data/ui/views/a b.xml': '<form version="1.1"/>' }, 1],
    ['check_package_compression', { 'README/x.tgz': '' }, 1],
    ['check_for_compiled_python', { 'README/x.pyc': '' }, 1],
    ['check_setup_xml', { 'README/setup.xml': '<setup/>' }, 1],
    ['check_for_git_merge_conflict_in_app', { 'README.md': 'a\n<<<<<<< HEAD\n' }, 2],
    ['check_validate_json_data_is_well_formed', { 'app.manifest': '{"title": "a"b"}' }, 1],
    ['check_config_file_parsing', searches('ends in \\ \\\n\n', 'ends in \\ \n'), 9],
    ['check_config_file_parsing', { 'default/custom.conf': '[a]\n[b]\n[a]\n' }, 3],
    ['check_config_file_parsing', { 'default/custom.conf': '[a]\nx = 1\nx = 2\n' }, 3],
    ['check_config_file_parsing', { 'default/custom.conf': '[a]\nnonsense\n' }, 2],
    ['check_version_is_valid_semver', app('1.2.3', '1.2'), 1],
    ['check_for_valid_ui_label', app('Sound app', 'App'), 1],
    ['check_that_app_name_config_is_valid', app('id = sound', 'id = other'), 1],
    ['check_no_install_source_checksum', app('[triggers]', 'install_source_checksum = 1\n[triggers]'), 1],
    [
      'check_no_install_source_local_checksum',
      app('[triggers]', 'install_source_local_checksum = 1\n[triggers]'),
      1,
    ],
    ['check_that_app_conf_versions_agree', app('[triggers]', '[id]\nversion = 1.2.4\n[triggers]'), 1],
    ['check_for_trigger_stanza', app('[triggers]', '[triggers]\nreload.macros = simple'), 1],
    ['check_command_scripts_python_version', { 'default/commands.conf': '\n[c]\nfilename = c.py\n' }, 2],
    ['check_for_payload_format', { 'default/alert_actions.conf': '[a]\npayload_format = yaml\n' }, 1],
    ['check_that_setup_has_not_been_performed', app('is_configured = false', 'is_configured = true'), 1],
    ['check_reload_trigger_for_all_custom_confs', app('reload.custom', 'reload.other'), 1],
    ['check_custom_conf_replication', { 'default/server.conf': '' }, 1],
    ['check_no_default_stanzas', { 'default/macros.conf': '\n[default]\nx = 1\n' }, 2],
    [
      'check_collections_conf_for_specified_name_field_type',
      { 'default/collections.conf': '[c]\nfield.a = boolean\n' },
      2,
    ],
    [
      'check_transforms_conf_for_external_cmd',
      { 'default/transforms.conf': '[t]\nfilename = table.csv\nexternal_cmd = x.py\n' },
      3,
    ],
    ['check_lookup_files_exist', { 'default/transforms.conf': '\n[table]\nfilename = gone.csv\n' }, 2],
    [
      'check_distsearch_conf_for_concerning_replicated_file_size',
      { 'default/distsearch.conf': '[replicationSettings]\nconcerningReplicatedFileSize = 100\n' },
      1,
    ],
    [
      'check_workflow_actions_link_uri_does_not_use_http_protocol',
      { 'default/workflow_actions.conf': '[w]\nlink.uri = http://example.com\n' },
      1,
    ],
    [
      'check_meta_default_write_access',
      { 'metadata/default.meta': '[]\naccess = read : [ * ], write : [ admin ]\n' },
      1,
    ],
    ['check_for_sched_saved_searches_earliest_time', searches('dispatch.earliest_time = -1h\n', ''), 3],
    ['check_for_sched_saved_searches_latest_time', searches('dispatch.latest_time = now\n', ''), 3],
    ['check_for_real_time_saved_searches_for_cloud', searches('= now', '= rtnow'), 3],
    ['check_for_gratuitous_cron_scheduling', searches('0 * * * *', '* * * * *'), 3],
    [
      'check_for_sched_saved_searches_action_script_filename',
      searches('search =', 'action.script.filename = x\nsearch ='),
      3,
    ],
    [
      'check_for_saved_searches_populate_lookup',
      searches('search =', 'action.populate_lookup = 1\nsearch ='),
      3,
    ],
    ['check_stanza_name_length', searches('[S - Rule]', `[${'S'.repeat(100)}]`), 3],
    ['check_for_tscollect_command_usage', searches('| head 1', '| tscollect namespace=x'), 12],
    ['check_for_input_command_usage', searches('| head 1', '| input add x'), 12],
    ['check_deprecated_eventtype_autodiscovering', searches('| head 1', '| findtypes'), 12],
    ['check_that_all_xml_files_are_well_formed', view('<a></b>'), 2],
    ['check_simplexml_standards_version', { 'default/data/ui/views/v.xml': '\n<form>\n</form>' }, 2],
    ['check_for_simple_xml_seed_element', view('<seed/>'), 2],
    ['check_for_simple_xml_search_related_element', view('<searchString>x</searchString>'), 2],
    ['check_for_populating_search_element_in_dashboard_xml', view('<populatingSearch/>'), 2],
    ['check_for_dashboard_xml_list_element', view('<list/>'), 2],
    ['check_for_simple_xml_row_grouping', view('<row grouping="2"/>'), 2],
    [
      'check_for_simple_xml_option_element_with_name_previewresults',
      view('<option name="previewResults">1</option>'),
      2,
    ],
    ['check_for_displayrownumbers_in_simple_xml', view('<option name="displayRowNumbers">1</option>'), 2],
    ['check_for_noninteger_height_option', view('<option name="height">50%</option>'), 2],
    ['check_html_dashboards', view('<html><script/></html>'), 2],
    [
      'check_for_earliest_time_and_latest_time_elements_in_dashboard_xml',
      view('<earliestTime>-1h</earliestTime>'),
      2,
    ],
  ];

describe('checks', () => {
  test('a sound app has no fault', () => {
    expect(inspect({})).toEqual([]);
    expect(inspect({}, 'sound', true)).toEqual([]);
  });

  test.each(faults)('%s', (name, changes, line) => {
    const found = inspect(changes);
    expect(found.map((one) => [one.code, one.line, one.severity])).toContainEqual([name, line, 'warning']);
    expect(inspect(changes, 'sound', true).find(({ code }) => code === name)?.severity).toBe('error');
  });

  test('an id that is none', () => {
    expect(inspect(app('id = sound', 'id = 1st'), '1st').map(({ code }) => code)).toEqual([
      'check_for_valid_package_id',
    ]);
  });

  test('public addresses are looked for in strict builds', () => {
    const changes = searches('index=main', 'src IN (10.0.0.1, 8.8.8.8, 192.168.1.1)');
    expect(inspect(changes)).toEqual([]);
    expect(inspect(changes, 'sound', true)).toMatchObject([
      {
        code: 'check_hostnames_and_ips',
        severity: 'warning',
        line: 11,
        message: '"8.8.8.8" is a public address',
      },
    ]);
  });

  test('many faults of a kind are counted', () => {
    const many = Array.from({ length: 50 }, (_, index) => [`lookups/${index}.exe`, '']);
    const found = inspect(Object.fromEntries(many));
    expect(found).toHaveLength(21);
    expect(found.at(-1)?.message).toBe('30 more of this kind');
  });

  test('each has a name and a summary', () => {
    for (const { name, summary } of checks) {
      expect(name).toMatch(/^check_\w+$/);
      expect(summary).not.toBe('');
    }
    expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
  });
});

describe('xmlFault', () => {
  test.each([
    ['<a/>', undefined],
    ['<?xml version="1.0"?>\n<!DOCTYPE a>\n<a b="1">&lt;<c/>]]&gt;</a>\n', undefined],
    ['<a><b></a></b>', '</a> where </b> must be'],
    ['<a>', '<a> is not closed'],
    ['<a>x & y</a>', '"&" begins no entity'],
    ['<a b=1/>', '"<" begins no tag'],
    ['<a/><b/>', '<b> is a second root element'],
    ['', 'no element'],
    ['text', 'text outside of the root element'],
  ])('%j', (text, message) => {
    expect(xmlFault(text)?.message).toBe(message);
  });
});
