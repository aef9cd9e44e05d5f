// The source types that readers know: by which members a JSON record shows its type, and which one holds `_time`.

import type { JsonRecord } from './json-record.js';
import { isWindowsEvent, mayBeWindowsEvent } from './windows-records.js';

/** How one kind of JSON record is told and dated. */
export interface JsonSourceType {
  /** The source type, or how the record itself names it. */
  readonly sourcetype: string | ((record: JsonRecord) => string);
  /** Members that all must be there … */
  readonly has: readonly string[];
  /** … or names of which this is true. */
  readonly mayBe?: (has: (name: string) => boolean) => boolean;
  /** Values that a record has to have, where names alone say too little. */
  readonly where?: (record: JsonRecord) => boolean;
  /** Members with the event's time, best first; nested ones by their last name. */
  readonly time: readonly string[];
}

const text = (record: JsonRecord, name: string): string => {
  const value = record.get(name);
  return typeof value === 'string' ? value : '';
};

const member = (record: JsonRecord, name: string, inner: string): string => {
  const value = record.get(name);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, inner)) return '';
  const found: unknown = Reflect.get(value, inner);
  return typeof found === 'string' ? found : '';
};

/** What Windows events are, in whatever shape they come. */
export const WINDOWS_EVENTS = 'XmlWinEventLog';

const zeekLogs: readonly (readonly [string, ...string[]])[] = [
  ['conn', 'uid', 'id.orig_h', 'conn_state'],
  ['dns', 'uid', 'id.orig_h', 'trans_id', 'rejected'],
  ['dns', 'uid', 'id.orig_h', 'trans_id', 'AA'],
  ['http', 'uid', 'id.orig_h', 'trans_depth', 'resp_fuids'],
  ['http', 'uid', 'id.orig_h', 'trans_depth', 'request_body_len'],
  ['smtp', 'uid', 'id.orig_h', 'trans_depth', 'helo'],
  ['dce_rpc', 'uid', 'id.orig_h', 'endpoint', 'operation'],
  ['kerberos', 'uid', 'id.orig_h', 'request_type'],
  ['rdp', 'uid', 'id.orig_h', 'cookie', 'result'],
  ['ssl', 'uid', 'id.orig_h', 'cipher', 'established'],
  ['ssl', 'uid', 'id.orig_h', 'resumed', 'established'],
  ['ssh', 'uid', 'id.orig_h', 'auth_attempts'],
  ['smb_files', 'uid', 'id.orig_h', 'action', 'name'],
  ['smb_mapping', 'uid', 'id.orig_h', 'share_type'],
  ['ntlm', 'uid', 'id.orig_h', 'ntlmssp'],
  ['x509', 'certificate.serial', 'certificate.subject'],
  ['files', 'fuid', 'analyzers', 'mime_type'],
  ['files', 'fuid', 'analyzers', 'seen_bytes'],
];

/** First match wins. The names are those that the add-ons give and published detections search for. */
export const jsonSourceTypes: readonly JsonSourceType[] = [
  {
    sourcetype: WINDOWS_EVENTS,
    has: [],
    mayBe: mayBeWindowsEvent,
    where: isWindowsEvent,
    time: ['@timestamp', 'EventTime'],
  },
  { sourcetype: 'aws:cloudtrail', has: ['eventVersion', 'eventSource', 'eventName'], time: ['eventTime'] },
  { sourcetype: 'aws:cloudtrail', has: ['eventSource', 'eventName', 'awsRegion'], time: ['eventTime'] },
  { sourcetype: 'aws:cloudtrail', has: ['CloudTrailEvent', 'EventName'], time: ['EventTime'] },
  {
    sourcetype: 'aws:asl',
    has: ['class_uid', 'metadata', 'time'],
    time: ['time'],
  },
  {
    sourcetype: 'aws:securityhub:finding',
    has: ['ProductArn', 'AwsAccountId', 'SchemaVersion'],
    time: ['UpdatedAt', 'CreatedAt'],
  },
  {
    sourcetype: 'aws:cloudwatch:guardduty',
    has: ['schemaVersion', 'accountId', 'service', 'severity', 'type'],
    time: ['updatedAt', 'createdAt'],
  },
  // As EventBridge hands them on, which is how the add-on takes them in.
  {
    sourcetype: 'aws:cloudwatch:guardduty',
    has: ['detail-type', 'detail'],
    where: (r) => text(r, 'source') === 'aws.guardduty',
    time: ['time', 'updatedAt'],
  },
  {
    sourcetype: 'aws:securityhub:finding',
    has: ['detail-type', 'detail'],
    where: (r) => text(r, 'source') === 'aws.securityhub',
    time: ['time', 'UpdatedAt'],
  },
  {
    sourcetype: 'mscs:azure:eventhub:defender:advancedhunting',
    has: ['category', 'properties'],
    where: (r) => text(r, 'category').startsWith('AdvancedHunting-'),
    time: ['Timestamp', 'time'],
  },
  {
    sourcetype: 'azure:monitor:activity',
    has: ['operationName', 'category', 'properties'],
    where: (r) => member(r, 'properties', 'AuditEventId') !== '',
    time: ['time', 'ActivityDate'],
  },
  {
    sourcetype: 'azure:monitor:aad',
    has: ['operationName', 'category'],
    where: (r) =>
      /microsoft\.aadiam/i.test(text(r, 'resourceId')) ||
      (r.has('tenantId') &&
        /^(?:AuditLogs|(?:\w*)SignInLogs|RiskyUsers|UserRiskEvents)$/.test(text(r, 'category'))),
    time: ['time'],
  },
  {
    sourcetype: 'mscs:azure:audit',
    has: ['authorization', 'eventTimestamp', 'operationName'],
    time: ['eventTimestamp'],
  },
  {
    sourcetype: 'azure:monitor:activity',
    has: ['resourceId', 'operationName', 'category'],
    time: ['time'],
  },
  {
    sourcetype: 'o365:management:activity',
    has: ['Operation', 'Workload', 'CreationTime'],
    time: ['CreationTime'],
  },
  {
    sourcetype: 'o365:management:activity',
    has: ['Operation', 'RecordType', 'UserType', 'CreationTime'],
    time: ['CreationTime'],
  },
  { sourcetype: 'OktaIM2:log', has: ['eventType', 'published', 'actor'], time: ['published'] },
  { sourcetype: 'OktaIM2:log', has: ['eventType', 'legacyEventType'], time: ['published'] },
  {
    sourcetype: 'kube:audit',
    has: ['auditID', 'verb', 'stage'],
    time: ['stageTimestamp', 'requestReceivedTimestamp', 'timestamp'],
  },
  {
    sourcetype: 'google:gcp:pubsub:audit',
    has: ['protoPayload', 'logName'],
    time: ['timestamp', 'receiveTimestamp'],
  },
  {
    sourcetype: (r) => `gws:reports:${member(r, 'id', 'applicationName') || 'activity'}`,
    has: ['kind', 'id'],
    where: (r) => text(r, 'kind') === 'admin#reports#activity',
    time: ['time'],
  },
  {
    sourcetype: 'github:enterprise:audit',
    has: ['action', 'actor'],
    where: (r) => r.has('_document_id') || ((r.has('org') || r.has('business')) && r.has('created_at')),
    time: ['@timestamp', 'created_at'],
  },
  { sourcetype: 'suricata', has: ['event_type', 'flow_id', 'timestamp'], time: ['timestamp'] },
  // What is of no flow, such as `stats`, has its matter under the name of its kind.
  {
    sourcetype: 'suricata',
    has: ['event_type', 'timestamp'],
    where: (r) => text(r, 'event_type') !== '' && r.has(text(r, 'event_type')),
    time: ['timestamp'],
  },
  { sourcetype: 'suricata', has: ['event_type', 'src_ip', 'proto', 'timestamp'], time: ['timestamp'] },
  {
    sourcetype: (r) => `bro:${text(r, '_path')}:json`,
    has: ['_path'],
    where: (r) => /^\w{1,40}$/.test(text(r, '_path')),
    time: ['ts', '_write_ts'],
  },
  {
    sourcetype: (r) => `bro:${text(r, '@stream')}:json`,
    has: ['@stream', '@proc'],
    where: (r) => /^\w{1,40}$/.test(text(r, '@stream')),
    time: ['ts'],
  },
  // Zeek without the name of the log in the record: each log has members that no other has.
  ...zeekLogs.map(([log, ...has]) => ({
    sourcetype: `bro:${log}:json`,
    has: ['ts', ...has],
    time: ['ts'],
  })),
  {
    sourcetype: 'osquery:results',
    has: ['name', 'hostIdentifier', 'calendarTime'],
    time: ['unixTime', 'calendarTime'],
  },
  {
    sourcetype: 'crowdstrike:events:sensor',
    has: ['event_simpleName', 'aid'],
    time: ['timestamp', 'ContextTimeStamp'],
  },
  {
    sourcetype: (r) => `stream:${text(r, 'protocol_stack').split(':').at(-1) || 'ip'}`,
    has: ['flow_id', 'endtime', 'timestamp', 'protocol_stack'],
    where: (r) => /^[\w:-]{1,80}$/.test(text(r, 'protocol_stack')),
    time: ['timestamp', 'endtime'],
  },
  {
    sourcetype: 'ms365:defender:incident:alerts',
    has: ['incidentId', 'alertId', 'detectionSource'],
    time: ['lastUpdatedTime', 'creationTime'],
  },
  {
    sourcetype: 'ms:defender:atp:alerts',
    has: ['incidentId', 'investigationState', 'machineId'],
    time: ['alertCreationTime', 'lastUpdateTime'],
  },
  // Records of Microsoft Graph, under the names of the Microsoft Azure add-on, which reads them from there.
  {
    sourcetype: 'azure:aad:signin',
    has: ['createdDateTime', 'userPrincipalName', 'appDisplayName', 'status'],
    time: ['createdDateTime'],
  },
  {
    sourcetype: 'azure:aad:audit',
    has: ['activityDateTime', 'activityDisplayName', 'initiatedBy', 'targetResources'],
    time: ['activityDateTime'],
  },
  {
    sourcetype: 'azure:loganalytics:officeactivity',
    has: ['TenantId', 'TimeGenerated', 'OfficeWorkload'],
    time: ['TimeGenerated'],
  },
  {
    sourcetype: 'azure:loganalytics:aadaudit',
    has: ['TenantId', 'TimeGenerated', 'OperationName'],
    where: (r) => /microsoft\.aadiam/i.test(text(r, 'ResourceId')),
    time: ['TimeGenerated'],
  },
  {
    sourcetype: 'ms365:defender:advanced_hunting',
    has: ['Timestamp', 'DeviceId', 'ActionType'],
    time: ['Timestamp'],
  },
  {
    sourcetype: 'kube:container:falco',
    has: ['output', 'priority', 'rule', 'output_fields'],
    time: ['time'],
  },
  {
    sourcetype: 'kube:objects:events',
    has: ['involvedObject', 'reason', 'metadata'],
    time: ['lastTimestamp', 'eventTime', 'firstTimestamp'],
  },
  {
    sourcetype: 'CrowdStrike:Event:Streams:JSON',
    has: ['metadata', 'event'],
    where: (r) => member(r, 'metadata', 'eventType') !== '',
    time: ['eventCreationTime'],
  },
  { sourcetype: 'cisco:nvm:flowdata:v2', has: ['fv', 'sa', 'da', 'pn'], time: ['fst', 'fss', 'fsms'] },
  {
    sourcetype: 'appdynamics_security',
    has: ['attackId', 'attackEvents', 'attackOutcome'],
    time: ['attackLastDetected'],
  },
  {
    sourcetype: (r) => `cisco:duo:${text(r, 'extracted_eventtype')}`,
    has: ['extracted_eventtype', 'ctime'],
    where: (r) => /^\w{1,40}$/.test(text(r, 'extracted_eventtype')),
    time: ['isotimestamp', 'ts', 'timestamp'],
  },
  { sourcetype: 'cisco:isovalent:processExec', has: ['node_name', 'time', 'process_exec'], time: ['time'] },
  { sourcetype: 'cisco:isovalent:processExit', has: ['node_name', 'time', 'process_exit'], time: ['time'] },
  {
    sourcetype: 'cisco:isovalent:processConnect',
    has: ['node_name', 'time', 'process_connect'],
    time: ['time'],
  },
  {
    sourcetype: 'cisco:isovalent:processKprobe',
    has: ['node_name', 'time', 'process_kprobe'],
    time: ['time'],
  },
  { sourcetype: 'circleci', has: ['build_num', 'build_url', 'job_name'], time: ['stop_time', 'queued_time'] },
  { sourcetype: 'circleci', has: ['build_num', 'vcs_url'], time: ['stop_time', 'queued_at'] },
  {
    sourcetype: 'gsuite:drive:json',
    has: ['type', 'name', 'parameters', 'unique_id'],
    where: (r) => member(r, 'parameters', 'doc_id') !== '' || member(r, 'parameters', 'doc_title') !== '',
    time: ['timestamp'],
  },
  {
    sourcetype: 'gsuite:gmail:bigquery',
    has: ['rfc2822_message_id', 'flattened_destinations'],
    time: ['timestamp'],
  },
  {
    sourcetype: 'o365:reporting:messagetrace',
    has: ['MessageTraceId', 'SenderAddress', 'RecipientAddress'],
    time: ['Received'],
  },
  {
    sourcetype: 'cisco:sfw:estreamer',
    has: ['EventType', 'EventSecond', 'DeviceUUID'],
    time: ['EventSecond'],
  },
  {
    sourcetype: 'duo:authentication',
    has: ['txid', 'factor', 'access_device'],
    time: ['isotimestamp', 'timestamp'],
  },
  {
    sourcetype: 'duo:admin',
    has: ['action', 'isotimestamp', 'username'],
    time: ['isotimestamp', 'timestamp'],
  },
  {
    sourcetype: 'onelogin:event',
    has: ['event_type_id', 'user_name'],
    time: ['event_timestamp', 'created_at'],
  },
  {
    sourcetype: 'onelogin:event',
    has: ['event_type_id', 'actor_user_id'],
    time: ['event_timestamp', 'created_at'],
  },
  { sourcetype: 'mcp:jsonrpc', has: ['jsonrpc', 'method'], time: ['timestamp', 'time'] },
  { sourcetype: 'auth0:event', has: ['log_id', 'data'], time: ['date'] },
  {
    sourcetype: 'slack:audit',
    has: ['action', 'actor', 'entity', 'date_create'],
    time: ['date_create'],
  },
];

/**
 * Members that hold the time in records of no known type, best first.
 * Differs from Splunk, which takes the first timestamp of the first 128 characters, whatever member it is.
 */
export const commonTimeMembers: readonly string[] = [
  '@timestamp',
  'timestamp',
  '_time',
  'time',
  'eventTime',
  'event_time',
  'TimeCreated',
  'SystemTime',
  'TimeGenerated',
  'Timestamp',
  'timeStamp',
  'EventTime',
  'ts',
  'datetime',
  'dateTime',
  'date_time',
  'eventTimestamp',
  'stageTimestamp',
  'requestReceivedTimestamp',
  'alertCreationTime',
  'event_timestamp',
  'CreationTime',
  'creationTime',
  'created_at',
  'createdAt',
  'createdDateTime',
  'activityDateTime',
  'published',
  'isotimestamp',
  'receiveTimestamp',
  'TimeStamp',
  'UtcTime',
  'recorded',
  'date_create',
  'date',
  'Date',
  'start_time',
  'startTime',
  'updatedAt',
  'updated_at',
];

const timeBySourceType = new Map<string, string[]>();
for (const entry of jsonSourceTypes) {
  if (typeof entry.sourcetype !== 'string') continue;
  const known = timeBySourceType.get(entry.sourcetype.toLowerCase()) ?? [];
  timeBySourceType.set(entry.sourcetype.toLowerCase(), [...known, ...entry.time]);
}

/** Returns the members that hold the time in records of a source type, best first; empty when nothing is known. */
export function timeMembersOf(sourcetype: string): readonly string[] {
  const name = sourcetype.toLowerCase();
  if (/^(?:bro|zeek)[:_]/.test(name)) return ['ts', '_write_ts'];
  if (name.startsWith('gws:reports:')) return ['time'];
  if (name.startsWith('stream:')) return ['timestamp', 'endtime'];
  if (name === 'github:cloud:audit') return ['@timestamp', 'created_at'];
  return timeBySourceType.get(name) ?? [];
}

const possibleTypes = (names: ReadonlySet<string>): readonly JsonSourceType[] =>
  jsonSourceTypes.filter(
    ({ has, mayBe }) => has.every((name) => names.has(name)) && mayBe?.((name) => names.has(name)) !== false,
  );

/** Returns the known type of a JSON record, or null. */
export function recogniseJson(record: JsonRecord): { sourcetype: string; time: readonly string[] } | null {
  for (const entry of record.shape.known(possibleTypes)) {
    if (entry.where && !entry.where(record)) continue;
    const { sourcetype } = entry;
    return { sourcetype: typeof sourcetype === 'string' ? sourcetype : sourcetype(record), time: entry.time };
  }
  return null;
}

/** Splunk's own logs are indexed beside the others, and searches of them name the index. */
const ownIndexes: ReadonlyMap<string, string> = new Map([
  ['audittrail', '_audit'],
  ['splunkd', '_internal'],
  ['splunkd_access', '_internal'],
  ['splunkd_ui_access', '_internal'],
  ['splunk_web_access', '_internal'],
  ['splunk_web_service', '_internal'],
  ['scheduler', '_internal'],
]);

/** Returns the index that events of a source type are in when nobody names one. */
export function indexOf(sourcetype: string): string {
  return ownIndexes.get(sourcetype.toLowerCase()) ?? 'main';
}
