// What every view of one app needs: the repository, its date, its generation, and the deployments.

import { createHash } from 'node:crypto';
import { confComment } from '../conf/write.js';
import { wholeOf } from '../content/late-members.js';
import type {
  Baseline,
  ContentObject,
  Detection,
  Dialect,
  Investigation,
  Repository,
  Story,
} from '../content/model.js';
import { isBehavioral } from '../output/behavioral.js';
import { deployments, type Effective } from '../output/deployment.js';
import { isOlder } from '../output/describe.js';
import { blocksOf, type Fragment, type FragmentStore, noStore } from '../output/fragments.js';
import { compactDate } from '../output/names.js';
import { render } from './templates.js';

/** What is told from all content together. */
export interface AppFacts {
  /** Whether most detections are of 2022. */
  readonly is2022: boolean;
  /** Whether the content is of a dialect before 5.x, whose lookups and tasks ship in another way. */
  readonly older: boolean;
  /** ISO day of the newest content. */
  readonly date: string;
}

/** One app in the making. */
export interface AppContext extends AppFacts {
  readonly repository: Repository;
  /** ISO day that stands wherever the incumbent writes today's. */
  readonly date: string;
  /** Seconds since 1970: `SOURCE_DATE_EPOCH`, else midnight UTC of `date`. */
  readonly epoch: number;
  readonly header: HeaderView;
  readonly deployment: (content: Detection | Baseline) => Effective;
  readonly detectionBlocks: readonly (readonly Detection[])[];
  readonly storyBlocks: readonly (readonly Story[])[];
  /**
   * What a template makes of the objects of a block for a file of the app: from an earlier build when nothing has changed.
   * `depends` tells what the views depend on besides the objects, the app, deployments and schedules.
   */
  readonly fragment: <T extends ContentObject>(
    path: string,
    block: readonly T[],
    template: string,
    view: (object: T) => object,
    depends?: string,
  ) => Fragment;
  /** Investigations of older repositories; later ones have none. */
  readonly responseTasks: readonly Investigation[];
}

/** Values of templates/app/_header.hbs. */
export interface HeaderView {
  readonly title: string;
  readonly contentDate: string;
  readonly author: string;
  readonly contact: string;
}

/** What a repository tells as a whole. */
export function appFacts(repository: Repository): AppFacts {
  const detections = repository.detections.filter((detection) => !isBehavioral(detection));
  return {
    is2022: isOf2022(detections),
    older: isOlderRepository(detections, repository.investigations),
    date: newestDate({ ...repository, detections }),
  };
}

export interface ContextOptions {
  /** Overrides the date of the newest content (SOURCE_DATE_EPOCH). */
  readonly epoch?: number | undefined;
  /** Fragments of earlier builds. */
  readonly store?: FragmentStore | undefined;
  /** What the repository tells as a whole, where it is known. */
  readonly facts?: AppFacts | undefined;
}

/** Gathers the context. */
export function appContext(
  whole: Repository,
  { epoch, store = noStore, facts = appFacts(whole) }: ContextOptions = {},
): AppContext {
  const { is2022, older } = facts;
  const repository = appContent(whole, is2022);
  const date = epoch === undefined ? facts.date : new Date(epoch * 1000).toISOString().slice(0, 10);
  const { app } = repository;
  return {
    repository,
    is2022,
    older,
    date,
    epoch: epoch ?? Date.parse(`${date}T00:00:00Z`) / 1000,
    header: {
      title: confComment(app.title),
      contentDate: date,
      author: confComment([...new Set([app.authorName, app.authorCompany])].filter(Boolean).join(' - ')),
      contact: confComment(app.authorEmail),
    },
    deployment: deployments(repository),
    detectionBlocks: blocksOf(repository.detections),
    // A detection changes what is said of its stories.
    storyBlocks: blocksOf(repository.stories, 4),
    fragment: fragmentsOf(repository, is2022, store),
    responseTasks: older ? repository.investigations : [],
  };
}

function fragmentsOf(repository: Repository, is2022: boolean, store: FragmentStore): AppContext['fragment'] {
  const withoutPlaces = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'span' in value && typeof value.span === 'function'
      ? undefined
      : value;
  const always = createHash('sha1')
    .update(
      JSON.stringify([repository.app, repository.deployments, repository.schedules, is2022], withoutPlaces),
    )
    .digest('base64url');
  return (path, block, template, view, depends = '') =>
    store.fragment(
      `${repository.app.appid}/${path}`,
      block,
      () => always + depends,
      (part) => ({ text: part.map((object) => render(template, view(object))).join('\n\n') }),
    );
}

/**
 * What of a repository goes into its app: older detections of Behavioral Analytics stay out; and texts of 2022, which were written into .conf files as they stood, lose the backslashes by which
 * their authors continued lines.
 */
function appContent(repository: Repository, is2022: boolean): Repository {
  const detections = repository.detections.filter((detection) => !isBehavioral(detection));
  // The objects of other kinds changed less from generation to generation: what their repository is of counts.
  if (!is2022) return { ...repository, detections: detections.map(withPlainLines) };
  return {
    ...repository,
    detections: detections.map(withPlainLines),
    baselines: repository.baselines.map(withPlainLines),
    investigations: repository.investigations.map(withPlainLines),
    stories: repository.stories.map(withPlainLines),
    macros: repository.macros.map(withPlainLines),
  };
}

/** Whether most detections are of 2022; of none they may be. */
const isOf2022 = (detections: readonly Detection[]): boolean =>
  detections.filter(({ dialect }) => dialect === '2022').length * 2 >= detections.length;

function withPlainLines<T extends { readonly dialect: Dialect }>(content: T): T {
  if (content.dialect !== '2022') return content;
  const plain: Record<string, unknown> = { ...wholeOf(content) };
  for (const [key, value] of Object.entries(plain))
    if (typeof value === 'string') plain[key] = value.replace(/\\[^\S\n]*(?=\n)/g, '');
  return plain as T;
}

/**
 * The generation of a repository is that of most of its detections; one without any is an older one only when
 * investigations, which later ones do not have, are there.
 */
function isOlderRepository(
  detections: readonly Detection[],
  investigations: readonly Investigation[],
): boolean {
  if (detections.length === 0) return investigations.length > 0;
  return detections.filter((detection) => isOlder(detection.dialect)).length * 2 > detections.length;
}

/** The newest modification date of any content: a date that moves with the content and not with the clock. */
function newestDate(repository: Repository): string {
  let newest = '1980-01-01';
  for (const kind of [
    repository.detections,
    repository.macros,
    repository.lookups,
    repository.stories,
    repository.baselines,
    repository.investigations,
    repository.dataSources,
    repository.deployments,
    repository.dashboards,
  ])
    for (const { modificationDate } of kind) {
      const day = modificationDate?.slice(0, 10) ?? '';
      if (day > newest && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))) newest = day;
    }
  return newest;
}

/** The build number: date and time of the content as fourteen digits. */
export const buildNumber = (context: AppContext): string =>
  compactDate(context.date) + new Date(context.epoch * 1000).toISOString().slice(11, 19).replaceAll(':', '');
