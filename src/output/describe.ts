// Descriptions with the warning that an experimental or deprecated status puts before them.
import type { Baseline, Detection, Dialect } from '../content/model.js';

const contact = 'If you have any questions feel free to email us at: research@splunk.com. ';

/** Whether a dialect is one of those before 5.x, whose apps say a few things differently. */
export const isOlder = (dialect: Dialect): boolean => dialect === '2022' || dialect === '4.x';

/**
 * The warning that stands before the description, or an empty text. The wording is what users of published apps know;
 * each generation has its own.
 */
export function statusWarning(content: Detection | Baseline): string {
  const { dialect, status } = content;
  if (dialect === '2022')
    return content.kind === 'detection' &&
      (status === 'deprecated' || content.folder.startsWith('deprecated'))
      ? `WARNING, this detection has been marked deprecated by the Splunk Threat Research team, this means that it will no longer be maintained or supported. ${contact}`
      : '';
  const noun = content.kind === 'baseline' ? 'Baseline' : dialect === '4.x' ? 'detection' : 'Detection';
  if (dialect === '4.x' && content.kind === 'baseline') return '';
  switch (status) {
    case 'deprecated':
      return `**WARNING**, this ${noun} has been marked **DEPRECATED** by the Splunk Threat Research Team. This means that it will no longer be maintained or supported. ${contact}`;
    case 'experimental':
      return `**WARNING**, this ${noun} is marked **EXPERIMENTAL** by the Splunk Threat Research Team. This means that the ${noun} has been manually tested but we do not have the associated attack data to perform automated testing or cannot share this attack dataset due to its sensitive nature. ${contact}`;
    default:
      return '';
  }
}

/** The description with its warning. */
export const describeWithStatus = (content: Detection | Baseline): string =>
  statusWarning(content) + content.description.trim();
