// The view of analyticstories.conf: what the Use Case Library shows of detections, stories and response tasks.
import { confStanzaName, confValue } from '../conf/write.js';
import type { Detection, Story } from '../content/model.js';
import { authorParts, describeWithStatus, isOlder } from '../output/describe.js';
import { mappingsOf } from '../output/detection-facts.js';
import { type Fragment, fragmentMark } from '../output/fragments.js';
import { confJson } from '../output/json.js';
import { detectionStanza, responseTaskStanza } from '../output/names.js';
import type { AppContext } from './app-context.js';
import { technologiesText } from './savedsearches.js';

export const analyticStoriesPath = 'default/analyticstories.conf';

/** The whole view; detections and stories are fragments. */
export function analyticStoriesView(context: AppContext) {
  const { repository, header } = context;
  const { label } = repository.app;
  return {
    header,
    detections: context.detectionBlocks.map(() => fragmentMark),
    stories: context.storyBlocks.map(() => fragmentMark),
    responseTasks: context.responseTasks.map((task) => ({
      stanza: confStanzaName(responseTaskStanza(label, task.name)),
      howToImplement: confValue(task.howToImplement),
    })),
  };
}

/** The stanzas of the detections, then of the stories. */
export function analyticStoryFragments(context: AppContext): Fragment[] {
  const { repository } = context;
  const searches = searchesByStory(context);
  const searchesOf = (story: Story) => searches.get(story.name) ?? [];
  return [
    ...context.detectionBlocks.map((block) =>
      context.fragment(analyticStoriesPath, block, 'analyticstories-detection', (detection) =>
        detectionView(repository.app.label, detection),
      ),
    ),
    ...context.storyBlocks.map((block) => {
      const view = (story: Story) => storyView(story, searchesOf(story));
      const names = block.flatMap((story) => [story.name, ...searchesOf(story)]).join('\n');
      return context.fragment(analyticStoriesPath, block, 'analyticstories-story', view, names);
    }),
  ];
}

function detectionView(label: string, detection: Detection) {
  const { tags, explanation } = detection;
  const text = isOlder(detection.dialect) ? detection.description : describeWithStatus(detection);
  return {
    stanza: confStanzaName(detectionStanza(label, detection.name)),
    assetType: confValue(tags.assetType ?? ''),
    explanation: confValue(explanation === undefined || explanation.trim() === '' ? text : explanation),
    howToImplement: confValue(detection.howToImplement),
    mappings: confJson(mappingsOf(detection)),
    knownFalsePositives: confValue(detection.knownFalsePositives),
    providingTechnologies: technologiesText(detection.search),
  };
}

function storyView(story: Story, searches: readonly string[]) {
  return {
    name: confStanzaName(story.name),
    category: confValue(story.categories[0] ?? ''),
    lastUpdated: story.modificationDate ?? '',
    version: String(story.version ?? 0),
    references: confJson(story.references.map(normalizedUrl)),
    maintainers: maintainersText(story.author ?? ''),
    searches: confJson(searches),
    description: confValue(describeWithStatus(story)),
    narrative: confValue(story.narrative),
  };
}

/** Names of the saved searches of each story: detections in file order, then response tasks. */
function searchesByStory({ repository, responseTasks }: AppContext): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>(repository.stories.map((story) => [story.name, []]));
  const { label } = repository.app;
  for (const detection of repository.detections)
    for (const story of new Set(detection.tags.analyticStories))
      found.get(story)?.push(detectionStanza(label, detection.name));
  for (const task of responseTasks)
    for (const story of new Set(task.tags.analyticStories))
      found.get(story)?.push(responseTaskStanza(label, task.name));
  return found;
}

/** A link as browsers write it (host in lower case, a bare host with its `/`); what is no link stays as it is. */
function normalizedUrl(text: string): string {
  return URL.canParse(text) ? new URL(text).href : text;
}

/** "Name, Company" as ES lists maintainers; the author's own characters stay, but for what JSON must escape. */
function maintainersText(author: string): string {
  const { name, company } = authorParts(author);
  return `[{"company": ${JSON.stringify(company)}, "email": "-", "name": ${JSON.stringify(name)}}]`;
}
