// Detections that look at the same: those of the same technique first, then those of the same story.
import type { Catalogue, DetectionEntry } from '../catalogue.js';

const most = 8;

/** Finds for a detection the ones an analyst may want to look at beside it, at most eight. */
export function relatedFinder({ detections }: Catalogue): (entry: DetectionEntry) => DetectionEntry[] {
  const byTechnique = new Map<string, DetectionEntry[]>();
  const byStory = new Map<string, DetectionEntry[]>();
  const put = (map: Map<string, DetectionEntry[]>, key: string, entry: DetectionEntry): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [entry]);
    else list.push(entry);
  };
  for (const entry of detections) {
    if (entry.detection.status === 'deprecated') continue;
    for (const { id } of entry.techniques) put(byTechnique, id, entry);
    for (const { name } of entry.stories) put(byStory, name, entry);
  }
  return (entry) => {
    const found = new Set<DetectionEntry>();
    const lists = [
      ...entry.techniques.map(({ id }) => byTechnique.get(id)),
      ...entry.stories.map(({ name }) => byStory.get(name)),
    ];
    for (const list of lists)
      for (const other of list ?? []) {
        if (found.size === most) return [...found];
        if (other !== entry) found.add(other);
      }
    return [...found];
  };
}
