// Conf files that an app must not bring: they set up the server, other apps, or what Splunk no longer has.
import type { Check } from './check.js';

type Denied = readonly [conf: string, check: string, reason: string, level?: Check['level']];

const denied: readonly Denied[] = [
  ['audit', 'check_audit_conf_deny_list', 'sets how the server signs its own events'],
  ['bookmarks', 'check_bookmarks_conf_deny_list', 'is not used in Splunk Cloud', 'warning'],
  ['crawl', 'check_crawl_conf_deny_list', 'searches the file system for inputs'],
  ['crawl', 'check_introspection_of_cloud_filesystem', 'searches the file system for inputs'],
  ['datatypesbnf', 'check_datatypesbnf_conf_deny_list', 'sets terms for the whole server'],
  ['default-mode', 'check_default_mode_conf_deny_list', 'sets up forwarders'],
  ['deployment', 'check_deployment_conf_deny_list', 'sets up a deployment server of old'],
  ['deploymentclient', 'check_deploymentclient_conf_deny_list', 'sets up a client of a deployment server'],
  ['health', 'check_health_conf_deny_list', 'sets up the health report of the server'],
  ['instance.cfg', 'check_instance_cfg_conf_deny_list', 'holds the identity of one server'],
  ['limits', 'check_limits_conf', 'sets limits of the server'],
  ['literals', 'check_literals_conf_deny_list', 'changes texts of Splunk Web'],
  ['literals', 'check_for_deprecated_literals_conf', 'was replaced by messages.conf'],
  ['messages', 'check_messages_conf_deny_list', 'changes texts of Splunk Web'],
  [
    'passwords',
    'check_passwords_conf_deny_list',
    'holds passwords, which only one server can read',
    'warning',
  ],
  ['pubsub', 'check_pubsub_conf_deny_list', 'sets up a client of a deployment server'],
  ['serverclass', 'check_serverclass_conf_deny_list', 'sets up a deployment server'],
  ['serverclass.seed.xml', 'check_serverclass_seed_xml_conf_deny_list', 'sets up a deployment server'],
  ['source-classifier', 'check_source_classifier_conf_deny_list', 'changes how source types are found'],
  ['sourcetypes', 'check_sourcetypes_conf_deny_list', 'changes how source types are found'],
  ['splunk-launch', 'check_splunk_launch_conf_deny_list', 'sets how the server starts'],
  ['telemetry', 'check_telemetry_conf_deny_list', 'sets what Splunk tells its maker'],
  ['user-seed', 'check_user_seed_conf_deny_list', 'holds the first password of the server'],
  ['viewstates', 'check_for_viewstates_conf', 'holds the state of views of old'],
  ['wmi', 'check_wmi_conf_deny_list', 'sets up inputs from Windows'],
  ['workload_pools', 'check_workload_pools_conf_deny_list', 'sets shares of the server'],
  ['workload_rules', 'check_workload_rules_conf_deny_list', 'sets what may run on the server'],
];

export const deniedConfChecks: readonly Check[] = denied.map(([conf, name, reason, level = 'failure']) => ({
  name,
  level,
  summary: `no ${conf}.conf, which ${reason}`,
  inspect(app, report) {
    const path = `default/${conf}.conf`;
    if (app.has(path)) report(path, `${conf}.conf ${reason}`);
  },
}));
