// When and with which actions a saved search runs: its own deployment, the default of its type, or its ESCU 6 schedule.
import type {
  AlertAction,
  Baseline,
  Deployment,
  Detection,
  Finding,
  Repository,
  Schedule,
} from '../content/model.js';

/** What a search gets from its deployment. */
export interface Effective {
  readonly schedule: Schedule;
  readonly alertAction: AlertAction;
}

/** Of searches for which a repository has neither deployment nor schedule: hourly, with a margin for late events. */
const fallbackSchedule: Schedule = {
  cronSchedule: '0 * * * *',
  earliestTime: '-70m@m',
  latestTime: '-10m@m',
  scheduleWindow: 'auto',
};

/** Returns the function that finds the effective deployment of a detection or baseline of the repository. */
export function deployments(repository: Repository): (content: Detection | Baseline) => Effective {
  const named = new Map(repository.deployments.map((one) => [one.name, one]));
  const typed = new Map<string, Deployment>();
  for (const one of repository.deployments) {
    const type = one.type ?? (typeof one.tags['type'] === 'string' ? one.tags['type'] : undefined);
    if (type !== undefined) typed.set(type, one);
  }
  const schedules = new Map(repository.schedules.map((one) => [one.name, one.schedule]));
  return (content) => {
    const deployment =
      content.deployment ??
      named.get(`ESCU Default Configuration ${content.type}`) ??
      typed.get(content.type) ??
      (content.dialect === '2022' ? byTag(content, repository.deployments) : undefined);
    const written =
      content.customSchedule ??
      (content.schedule === undefined ? undefined : schedules.get(content.schedule));
    return {
      schedule: written ?? deployment?.scheduling ?? fallbackSchedule,
      alertAction:
        content.kind === 'detection' && content.dialect === 'escu6'
          ? findingActions(content, deployment)
          : (deployment?.alertAction ?? { rbaEnabled: false }),
    };
  };
}

/** In ESCU 6 the detection itself says what it raises; a deployment can only add how. */
function findingActions(detection: Detection, deployment: Deployment | undefined): AlertAction {
  const { finding, risk } = detection;
  const actions = deployment?.alertAction;
  return {
    ...actions,
    rbaEnabled: risk !== undefined && risk.riskObjects.length + risk.threatObjects.length > 0,
    ...(finding ? { notable: findingNotable(finding, actions) } : {}),
  };
}

const findingNotable = (finding: Finding, actions: AlertAction | undefined) => ({
  ruleTitle: finding.title,
  ruleDescription: actions?.notable?.ruleDescription ?? '%description%',
  nesFields: actions?.notable?.nesFields.length ? actions.notable.nesFields : [finding.entity.field],
});

/** The last deployment one of whose tags the content shares. */
function byTag(content: Detection | Baseline, all: readonly Deployment[]): Deployment | undefined {
  const own: Readonly<Record<string, readonly string[]>> = {
    analytic_story: content.tags.analyticStories,
    product: content.tags.products,
    deployments: content.tags.deployments,
    detection_name: [content.name],
    type: [content.type],
  };
  return all.findLast((deployment) =>
    Object.entries(deployment.tags).some(([tag, wanted]) => {
      const mine = Object.hasOwn(own, tag) ? own[tag]! : [];
      return [wanted]
        .flat()
        .some((value) => value === 'all' || (typeof value === 'string' && mine.includes(value)));
    }),
  );
}

/**
 * Fills `%field%` in a deployment's text with what the detection says of itself; a pair of percent signs that names
 * no field ("100% sure, 50% off") stays.
 */
export function fillIn(text: string, detection: Detection): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([A-Za-z_]\w*)%/g, (whole, name: string) => fields.get(name)?.(detection) ?? whole);
}

type Field = (detection: Detection) => string | undefined;
const list = (texts: readonly string[]) => texts.join(', ');
const fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['name', (d) => d.name],
  ['id', (d) => d.id],
  ['version', (d) => d.version?.toString()],
  ['date', (d) => d.modificationDate],
  ['creation_date', (d) => d.creationDate],
  ['modification_date', (d) => d.modificationDate],
  ['author', (d) => d.author],
  ['type', (d) => d.type],
  ['status', (d) => d.status],
  ['description', (d) => d.description],
  ['search', (d) => d.search],
  ['how_to_implement', (d) => d.howToImplement],
  ['known_false_positives', (d) => d.knownFalsePositives],
  ['explanation', (d) => d.explanation ?? d.description],
  ['references', (d) => list(d.references)],
  ['data_source', (d) => list(d.dataSources)],
  ['message', (d) => d.risk?.message],
  ['risk_score', (d) => d.risk?.score.toString()],
  ['analytic_story', (d) => list(d.tags.analyticStories)],
  ['asset_type', (d) => d.tags.assetType],
  ['security_domain', (d) => d.tags.securityDomain],
  ['mitre_attack_id', (d) => list(d.tags.mitreAttackIds)],
  ['product', (d) => list(d.tags.products)],
  ['cve', (d) => list(d.tags.cves)],
  ['confidence', (d) => d.tags.confidence?.toString()],
  ['impact', (d) => d.tags.impact?.toString()],
]);
