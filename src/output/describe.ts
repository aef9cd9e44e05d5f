// Descriptions with the warning that an experimental or deprecated status puts before them.
import type { Baseline, Detection, Dialect, Story } from '../content/model.js';

const contact = 'If you have any questions feel free to email us at: research@splunk.com. ';

/** Whether a dialect is one of those before 5.x, whose apps say a few things differently. */
export const isOlder = (dialect: Dialect): boolean => dialect === '2022' || dialect === '4.x';

/** Content whose description may carry a warning, with the word for it there. */
type Described = Detection | Baseline | Story;
const nouns = { older: 'detection', detection: 'Detection', baseline: 'Baseline', story: 'Story' } as const;

/**
 * The warning that stands before the description, or an empty text. The wording is what users of published apps know;
 * each generation has its own.
 */
export function statusWarning(content: Described): string {
  const { dialect, status } = content;
  if (dialect === '2022')
    return content.kind === 'detection' &&
      (status === 'deprecated' || content.folder.startsWith('deprecated'))
      ? `WARNING, this detection has been marked deprecated by the Splunk Threat Research team, this means that it will no longer be maintained or supported. ${contact}`
      : '';
  if (dialect === '4.x' && content.kind !== 'detection') return '';
  const noun = nouns[dialect === '4.x' ? 'older' : content.kind];
  switch (status) {
    case 'deprecated':
      return `**WARNING**, this ${noun} has been marked **DEPRECATED** by the Splunk Threat Research Team. This means that it will no longer be maintained or supported. ${contact}`;
    case 'experimental':
      return `**WARNING**, this ${noun} is marked **EXPERIMENTAL** by the Splunk Threat Research Team. This means that the ${noun} has been manually tested but we do not have the associated attack data to perform automated testing or cannot share this attack dataset due to its sensitive nature. ${contact}`;
    default:
      return '';
  }
}

/** The description with its warning, between which stand the blanks the author began with. */
export const describeWithStatus = (content: Described): string =>
  (statusWarning(content) + content.description).trim();

/** "Name, Company" in its parts; a part that is not there is "no", as Splunk's tools write it. */
export function authorParts(author: string): { readonly name: string; readonly company: string } {
  return {
    name: /^[^,]+/.exec(author)?.[0] ?? 'no',
    company: /,\s?(.*)$/.exec(author)?.[1] ?? 'no',
  };
}
