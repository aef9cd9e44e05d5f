// Names of the .conf files that Splunk itself defines; an app must declare all others so that they are reloaded and
// replicated. Source: those that AppInspect 4.3 takes for Splunk's own, which are the files of the Admin Manual, "List of
// configuration files".

const names = new Set(
  `alert_actions app audit authentication authorize bookmarks checklist collections commands datamodels datatypesbnf
  default-mode deployment deploymentclient distsearch event_renderers eventdiscoverer eventtypes federated fields
  global-banner health indexes inputs instance.cfg limits literals macros messages metric_alerts metric_rollups
  multikv outputs passwords procmon-filters props pubsub restmap savedsearches searchbnf segmenters server
  serverclass serverclass.seed.xml source-classifier sourcetypes splunk-launch tags telemetry times transactiontypes
  transforms ui-prefs ui-tour user-prefs user-seed viewstates visualizations web web-features wmi workflow_actions
  workload_policy workload_pools workload_rules`.split(/\s+/),
);

/** Whether Splunk defines the .conf file of that name (without ending). */
export const isSplunkConf = (name: string): boolean => names.has(name);
