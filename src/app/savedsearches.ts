// The view of savedsearches.conf: detections, finding-based stanzas, baselines and response tasks.
import { confComment, confStanzaName, confValue } from '../conf/write.js';
import type { AlertAction, Baseline, Detection, Investigation, Schedule } from '../content/model.js';
import { fillIn } from '../output/deployment.js';
import { describeWithStatus, isOlder, statusWarning } from '../output/describe.js';
import {
  annotationsOf,
  drilldownsOf,
  entitiesOf,
  mappingsOf,
  metadataOf,
  riskObjectsOf,
  severityOf,
} from '../output/detection-facts.js';
import { type Fragment, fragmentMark } from '../output/fragments.js';
import { confJson } from '../output/json.js';
import { baselineStanza, detectionStanza, responseTaskStanza, sortedTexts } from '../output/names.js';
import { dataModelsOf, providingTechnologies } from '../output/search-facts.js';
import type { AppContext } from './app-context.js';

/** What a search that is gone says when a customer's local settings still name it. */
const placeholder = 'This search was removed in a previous release, or is otherwise not present.';

export const savedSearchesPath = 'default/savedsearches.conf';

/** The whole view; `findingBased` are stanzas taken over word for word. Detections are fragments. */
export function savedSearchesView(context: AppContext, findingBased: readonly string[]) {
  const { repository, header, older } = context;
  return {
    header,
    placeholder: older ? null : placeholder,
    label: confComment(repository.app.label),
    detections: context.detectionBlocks.map(() => fragmentMark),
    findingBased: findingBased.length > 0 ? findingBased : null,
    baselines: repository.baselines.map((baseline) => baselineView(context, baseline)),
    responseTasks: context.responseTasks.map((task) => responseTaskView(context, task)),
  };
}

/** The stanzas of the detections. */
export const savedSearchFragments = (context: AppContext): Fragment[] =>
  context.detectionBlocks.map((block) =>
    context.fragment(savedSearchesPath, block, 'savedsearches-detection', (detection) =>
      detectionView(context, detection),
    ),
  );

/** The text, or the word that stands for an empty one. */
const orNone = (text: string, none: string) => (text.trim() === '' ? none : confValue(text));

/** The technologies that can provide the data; `null` stands for none. */
export function technologiesText(search: string): string {
  const names = providingTechnologies(search);
  return names.length > 0 ? confJson(names) : 'null';
}

/** The description and its plain-language copy; current apps end the first in a blank and warn in both. */
function descriptions(content: Detection | Baseline): { description: string; explained: string } {
  const text = confValue(describeWithStatus(content));
  const older = isOlder(content.dialect);
  const endsInBlank = content.kind === 'detection' && (!older || statusWarning(content) !== '');
  return {
    description: endsInBlank && !text.endsWith('\n') ? `${text} ` : text,
    explained: older ? confValue(content.description) : text,
  };
}

const scheduleView = (schedule: Schedule) => ({
  cron: confValue(schedule.cronSchedule),
  earliest: confValue(schedule.earliestTime),
  latest: confValue(schedule.latestTime),
  window: confValue(schedule.scheduleWindow),
});

const dates = (content: Detection | Baseline | Investigation) => ({
  creationDate: content.creationDate ?? '',
  modificationDate: content.modificationDate ?? '',
});

function detectionView(context: AppContext, detection: Detection) {
  const { schedule, alertAction } = context.deployment(detection);
  const { tags, search } = detection;
  return {
    stanza: confStanzaName(detectionStanza(context.repository.app.label, detection.name)),
    ...descriptions(detection),
    ...dates(detection),
    mappings: confJson(mappingsOf(detection)),
    dataModels: confJson(detection.dialect === '2022' ? detection.dataModels : dataModelsOf(search)),
    howToImplement: orNone(detection.howToImplement, 'none'),
    knownFalsePositives: orNone(detection.knownFalsePositives, 'None'),
    products: confJson(tags.products),
    atomicGuids:
      tags.atomicGuids.length > 0 ? confJson(tags.atomicGuids.map((id) => id.toLowerCase())) : null,
    providingTechnologies: technologiesText(search),
    analyticStories: confJson(sortedTexts(tags.analyticStories)),
    risk: riskView(detection, alertAction),
    schedule: scheduleView(schedule),
    annotations: confJson(annotationsOf(detection)),
    metadata: confJson(metadataOf(detection)),
    ...actionViews(detection, alertAction),
    disabled: detection.enabledByDefault ? 'false' : 'true',
    throttling: tags.throttling
      ? { fields: confValue(tags.throttling.fields.join(',')), period: confValue(tags.throttling.period) }
      : null,
    search: confValue(search),
    drilldowns: confJson(drilldownsOf(detection)),
  };
}

/** The risk action: by leave of the deployment, except in 2022 apps, where every detection scores. */
function riskView(detection: Detection, { rbaEnabled }: AlertAction) {
  const { risk, dialect, tags, intermediateFindings, finding } = detection;
  if (risk === undefined) return null;
  if (!rbaEnabled && dialect !== '2022') return null;
  if (isOlder(dialect) && tags.analyticStories.length === 0) return null;
  const message = risk.message ?? intermediateFindings[0]?.message ?? finding?.title ?? '';
  return { message: confValue(message), objects: confJson(riskObjectsOf(risk)) };
}

/** Finding, mail, chat and SOAR, each or null. */
function actionViews(detection: Detection, { notable, email, slack, phantom }: AlertAction) {
  const filled = (text: string) => confValue(fillIn(text, detection));
  const isCorrelation = detection.type.toLowerCase() === 'correlation' && detection.finding === undefined;
  return {
    notable: notable
      ? {
          entities: confJson(entitiesOf(detection)),
          nesFields: confValue(notable.nesFields.join(',')),
          description: filled(notable.ruleDescription),
          title: (isCorrelation ? 'RBA: ' : '') + filled(notable.ruleTitle),
          securityDomain: confValue(detection.tags.securityDomain ?? ''),
          severity: severityOf(detection),
        }
      : null,
    email: email
      ? { subject: filled(email.subject), to: confValue(email.to), message: filled(email.message) }
      : null,
    slack: slack ? { channel: filled(slack.channel), message: filled(slack.message) } : null,
    phantom: phantom
      ? {
          camWorkers: filled(phantom.camWorkers),
          label: filled(phantom.label),
          server: filled(phantom.phantomServer),
          sensitivity: filled(phantom.sensitivity),
          severity: filled(phantom.severity),
        }
      : null,
  };
}

function baselineView(context: AppContext, baseline: Baseline) {
  const { schedule } = context.deployment(baseline);
  return {
    stanza: confStanzaName(baselineStanza(context.repository.app.label, baseline.name)),
    ...descriptions(baseline),
    ...dates(baseline),
    analyticStories: confJson(sortedTexts(baseline.tags.analyticStories)),
    dataModels: confJson(isOlder(baseline.dialect) ? baseline.dataModels : dataModelsOf(baseline.search)),
    schedule: scheduleView(schedule),
    howToImplement: orNone(baseline.howToImplement, 'none'),
    search: confValue(baseline.search),
  };
}

function responseTaskView(context: AppContext, task: Investigation) {
  return {
    stanza: confStanzaName(responseTaskStanza(context.repository.app.label, task.name)),
    description: confValue(task.description),
    ...dates(task),
    analyticStories: confJson(sortedTexts(task.tags.analyticStories)),
    dataModels: confJson(task.dataModels),
    search: confValue(task.search),
  };
}
