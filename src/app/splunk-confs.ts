// Names of the .conf files that Splunk itself defines; an app must declare all others so that they are reloaded and
// replicated. Source: the spec files of Splunk Enterprise (Admin Manual, "List of configuration files").

const names = new Set(
  `alert_actions app audit authentication authorize bookmarks checklist collections commands conf crawl datamodels
  datatypesbnf default-mode deployment deploymentclient distsearch event_renderers eventdiscoverer eventtypes federated
  field_filters fields global-banner health indexes inputs instance limits literals livetail macros messages
  metric_alerts metric_rollups migration multikv outputs passwords procmon-filters props pubsub restmap rolling_upgrade
  savedsearches searchbnf segmenters server serverclass serverclass.seed setup source-classifier sourcetype_metadata
  sourcetypes splunk-launch tags telemetry tenants times transactiontypes transforms ui-prefs ui-tour user-prefs
  user-seed viewstates visualizations web web-features wmi workflow_actions workload_policy workload_pools
  workload_rules`.split(/\s+/),
);

/** Whether Splunk defines the .conf file of that name (without ending). */
export const isSplunkConf = (name: string): boolean => names.has(name);
