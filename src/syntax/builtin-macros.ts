// Macros that content calls and other apps define: the Common Information Model and Enterprise Security.
// The definitions are ours; they do what the apps' macros are documented to do, as far as a search needs it.
import type { MacroDefinition } from './macros.js';

function define(name: string, parameters: string, definition: string): MacroDefinition {
  return { name, arguments: parameters === '' ? [] : parameters.split(' '), definition };
}

const dataModelsWithIndexes = [
  'Alerts',
  'Application_State',
  'Authentication',
  'Certificates',
  'Change',
  'Change_Analysis',
  'Compute_Inventory',
  'DLP',
  'Data_Access',
  'Databases',
  'Email',
  'Endpoint',
  'Event_Signatures',
  'Interprocess_Messaging',
  'Intrusion_Detection',
  'JVM',
  'Malware',
  'Network_Resolution',
  'Network_Sessions',
  'Network_Traffic',
  'Performance',
  'Splunk_Audit',
  'Ticket_Management',
  'Updates',
  'Vulnerabilities',
  'Web',
];

const assetColumns =
  'asset_id ip mac nt_host dns owner priority lat long city country bunit category pci_domain is_expected should_timesync should_update requires_av asset_tag'.split(
    ' ',
  );
const identityColumns =
  'identity prefix nick first last suffix email phone managedBy priority bunit category watchlist startDate endDate'.split(
    ' ',
  );

function enrich(lookup: string, key: string, columns: readonly string[]): string {
  const outputs = columns.map((column) => `${column} as $${key}$_${column}`).join(', ');
  return `lookup ${lookup} key as $${key}$ OUTPUTNEW ${outputs}`;
}

/** Macros of the Common Information Model add-on. */
const commonInformationModel: readonly MacroDefinition[] = [
  define('drop_dm_object_name', 'object', 'rename "$object$.*" as *'),
  define('add_dm_object_name', 'object', 'rename * as "$object$.*"'),
  define('datamodel', 'model object', 'datamodel $model$ $object$ search'),
  ...dataModelsWithIndexes.map((model) => define(`cim_${model}_indexes`, '', '()')),
  define(
    'cim_corporate_web_domain_search',
    'field',
    '[| inputlookup append=t cim_corporate_web_domain_lookup | rename domain as "$field$" | fields "$field$" | format]',
  ),
  define(
    'cim_corporate_email_domain_search',
    'field',
    '[| inputlookup append=t cim_corporate_email_domain_lookup | rename domain as "$field$" | fields "$field$" | format]',
  ),
  define('cim_filter_vuln_severity', '', '(severity!="informational" AND severity!="low")'),
  define(
    'cim_filter_vuln_severity',
    'object',
    '($object$.severity!="informational" AND $object$.severity!="low")',
  ),
  define('cim_filter_unknown_values', 'field', '($field$!="-" $field$!="n/a" $field$!="unknown")'),
  define(
    'cim_filter_known_scanners',
    '',
    'NOT (host_category="known_scanner" OR orig_host_category="known_scanner" OR dvc_category="known_scanner" OR src_category="known_scanner" OR dest_category="known_scanner")',
  ),
  define('get_signature', 'value', '(signature="*$value$*" OR signature_id="*$value$*")'),
  define(
    'get_subject',
    'subject value',
    '($subject$="$value$" OR $subject$_ip="$value$" OR $subject$_mac="$value$" OR $subject$_nt_host="$value$" OR $subject$_dns="$value$")',
  ),
  define(
    'get_user',
    'user',
    '(user="$user$" OR src_user="$user$" OR user_identity="$user$" OR src_user_identity="$user$")',
  ),
  define(
    'get_vendor_product',
    '',
    'eval vendor_product=case(isnotnull(vendor_product), vendor_product, isnotnull(vendor) AND isnotnull(product), vendor." ".product, isnotnull(sourcetype), sourcetype, true(), "unknown")',
  ),
];

/** Macros of Enterprise Security. */
const enterpriseSecurity: readonly MacroDefinition[] = [
  define(
    'get_asset',
    'subject',
    `${enrich('asset_lookup_by_str', 'subject', assetColumns)} | ${enrich('asset_lookup_by_cidr', 'subject', assetColumns)}`,
  ),
  define('get_identity4events', 'user', enrich('identity_lookup_expanded', 'user', identityColumns)),
  define('assets', '', 'inputlookup append=t asset_lookup_by_str'),
  define('identities', '', 'inputlookup append=t identity_lookup_expanded'),
  define('get_notable_index', '', 'index=notable'),
  define('risk_index', '', 'index=risk'),
  define('notable', '', 'search index=notable | fillnull value="unknown" rule_name, security_domain'),
  define(
    'notable',
    'search_name',
    'search index=notable source="$search_name$" | fillnull value="unknown" rule_name, security_domain',
  ),
  define(
    'notable_by_id',
    'event_id',
    'search index=notable event_id="$event_id$" | fillnull value="unknown" rule_name, security_domain',
  ),
  define(
    'globedistance',
    'lat1 long1 lat2 long2 unit',
    'eval distance=2*if("$unit$"="km",6371,3959)*asin(sqrt(pow(sin((($lat2$)-($lat1$))*pi()/360),2)+cos(($lat1$)*pi()/180)*cos(($lat2$)*pi()/180)*pow(sin((($long2$)-($long1$))*pi()/360),2)))',
  ),
];

/** Every built-in macro; a repository's own macro of the same name and arity goes first. */
export const builtinMacros: readonly MacroDefinition[] = [...commonInformationModel, ...enterpriseSecurity];
