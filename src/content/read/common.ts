// What objects of every kind are read from: name, dates, status, tags, schedules.
import {
  type AlertAction,
  type Deployment,
  type DeprecationInfo,
  type Dialect,
  emptyDataset,
  type Locator,
  type Schedule,
  type Status,
  type Tags,
} from '../model.js';
import { isDay } from '../schema.js';
import {
  get,
  isRaw,
  list,
  mapping,
  mappings,
  optional,
  optionalFlag,
  optionalNumber,
  optionalText,
  type Raw,
  text,
  texts,
} from './fields.js';

/** A file on its way into the model. */
export interface RawFile {
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  readonly stem: string;
  readonly raw: Raw;
  readonly dialect: Dialect;
  readonly at: Locator;
}

const statuses = new Set(['production', 'experimental', 'deprecated', 'removed']);

/** The properties that objects of all kinds have. */
export function readCommon({ file, stem, raw, dialect, at }: RawFile) {
  const creation = day(raw, 'creation_date') ?? day(raw, 'date');
  const modification = day(raw, 'modification_date') ?? day(raw, 'date');
  return {
    file,
    stem,
    dialect,
    at,
    name: text(raw, 'name'),
    description: text(raw, 'description'),
    status: readStatus(file, raw),
    references: texts(raw, 'references'),
    ...optional('id', optionalText(raw, 'id')),
    ...optional('version', optionalNumber(raw, 'version')),
    ...optional('author', optionalText(raw, 'author')),
    ...optional('creationDate', creation),
    ...optional('modificationDate', modification),
  };
}

function day(raw: Raw, key: string): string | undefined {
  const value = optionalText(raw, key);
  return value !== undefined && isDay(value) ? value : undefined;
}

/** The status as written; where the dialect has none, the folder tells (`detections/deprecated/…`). */
function readStatus(file: string, raw: Raw): Status {
  const status = optionalText(raw, 'status');
  const isRemoved = file.startsWith('removed/');
  if (status !== undefined) {
    // Only what lies under removed/ can have that status; elsewhere the schema refuses it.
    return statuses.has(status) && (status !== 'removed' || isRemoved) ? (status as Status) : 'production';
  }
  const folder = file.split('/')[1];
  return folder === 'deprecated' || folder === 'experimental' ? folder : 'production';
}

/** Reads tags from the `tags` block and, where the dialect is flat, from the file's top. */
export function readTags(raw: Raw): Tags {
  const nested = mapping(raw, 'tags');
  const from = (key: string): Raw => (Object.hasOwn(nested, key) ? nested : raw);
  const textOf = (key: string) => optionalText(from(key), key);
  const textsOf = (key: string) => texts(from(key), key);
  const numberOf = (key: string) => optionalNumber(nested, key);
  const throttling = get(nested, 'throttling');
  const observables = mappings(nested, 'observable').map(([, observable]) => ({
    name: text(observable, 'name'),
    type: text(observable, 'type'),
    roles: texts(observable, 'role'),
  }));
  return {
    analyticStories: textsOf('analytic_story'),
    mitreAttackIds: textsOf('mitre_attack_id'),
    products: textsOf('product'),
    cves: textsOf('cve'),
    atomicGuids: textsOf('atomic_guid'),
    groups: [...texts(nested, 'group'), ...texts(raw, 'threat_group')],
    mappings: mapping(nested, 'mappings'),
    nist: texts(nested, 'nist'),
    cis20: texts(nested, 'cis20'),
    killChainPhases: texts(nested, 'kill_chain_phases'),
    context: texts(nested, 'context'),
    // An entry that is an empty list stays one: published pages print it.
    datasets: list(nested, 'dataset').flatMap((item) =>
      typeof item === 'string' ? [item] : Array.isArray(item) && item.length === 0 ? [emptyDataset] : [],
    ),
    observables,
    requiredFields: texts(nested, 'required_fields'),
    deployments: texts(nested, 'deployments'),
    ...optional('assetType', textOf('asset_type')),
    ...optional('securityDomain', textOf('security_domain')),
    ...optional('manualTest', optionalText(nested, 'manual_test')),
    ...(isRaw(throttling)
      ? { throttling: { fields: texts(throttling, 'fields'), period: text(throttling, 'period') } }
      : {}),
    ...optional('confidence', numberOf('confidence')),
    ...optional('impact', numberOf('impact')),
    ...optional('riskScore', numberOf('risk_score')),
  };
}

/** Reads a schedule; missing parts are ''. */
export function readSchedule(raw: Raw): Schedule {
  return {
    cronSchedule: text(raw, 'cron_schedule'),
    earliestTime: text(raw, 'earliest_time'),
    latestTime: text(raw, 'latest_time'),
    scheduleWindow: text(raw, 'schedule_window'),
  };
}

/** Reads the schedule under a key, undefined when there is none. */
export function optionalSchedule(raw: Raw, key: string): Schedule | undefined {
  const value = get(raw, key);
  return isRaw(value) ? readSchedule(value) : undefined;
}

export function readAlertAction(raw: Raw): AlertAction {
  const notable = get(raw, 'notable');
  const email = get(raw, 'email');
  const slack = get(raw, 'slack');
  const phantom = get(raw, 'phantom');
  return {
    rbaEnabled: optionalFlag(mapping(raw, 'rba'), 'enabled') ?? false,
    ...(isRaw(notable)
      ? {
          notable: {
            ruleDescription: text(notable, 'rule_description'),
            ruleTitle: text(notable, 'rule_title'),
            nesFields: texts(notable, 'nes_fields'),
          },
        }
      : {}),
    ...(isRaw(email)
      ? { email: { message: text(email, 'message'), subject: text(email, 'subject'), to: text(email, 'to') } }
      : {}),
    ...(isRaw(slack) ? { slack: { channel: text(slack, 'channel'), message: text(slack, 'message') } } : {}),
    ...(isRaw(phantom)
      ? {
          phantom: {
            camWorkers: text(phantom, 'cam_workers'),
            label: text(phantom, 'label'),
            phantomServer: text(phantom, 'phantom_server'),
            sensitivity: text(phantom, 'sensitivity'),
            severity: text(phantom, 'severity'),
          },
        }
      : {}),
  };
}

/** Reads a deployment file, or the `deployment` block of an object, which has its object's file and place. */
export function readDeployment(source: RawFile): Deployment {
  const { raw } = source;
  const tags = mapping(raw, 'tags');
  return {
    ...readCommon(source),
    kind: 'deployment',
    ...optional('type', optionalText(raw, 'type') ?? optionalText(tags, 'type')),
    scheduling: readSchedule(mapping(raw, 'scheduling')),
    alertAction: readAlertAction(mapping(raw, 'alert_action')),
    tags,
  };
}

/** Reads the `deployment` block of an object, undefined when there is none. */
export function inlineDeployment(source: RawFile): Deployment | undefined {
  const raw = get(source.raw, 'deployment');
  if (!isRaw(raw)) return undefined;
  const { at } = source;
  const inner = {
    value: (path: Parameters<Locator['value']>[0]) => at.value(['deployment', ...path]),
    key: (path: Parameters<Locator['key']>[0]) => at.key(['deployment', ...path]),
    span: (path: Parameters<Locator['span']>[0], span: Parameters<Locator['span']>[1]) =>
      at.span(['deployment', ...path], span),
  };
  return readDeployment({ ...source, raw, at: inner });
}

/** Reads the inline deprecation, undefined when there is none. */
export function optionalDeprecation(raw: Raw): DeprecationInfo | undefined {
  const info = get(raw, 'deprecation_info');
  return isRaw(info) ? readDeprecation(info) : undefined;
}

export function readDeprecation(info: Raw): DeprecationInfo {
  return {
    reason: text(info, 'reason'),
    removedInVersion: text(info, 'removed_in_version'),
    replacementContent: texts(info, 'replacement_content'),
  };
}
