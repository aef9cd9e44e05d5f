// Which detections were made for Splunk Behavioral Analytics alone.
import type { ContentObject } from '../content/model.js';

/**
 * Whether an object is for Splunk Behavioral Analytics alone. Older generators built such content apart, in a language
 * that no Splunk Enterprise runs, so it is not in the app; contentctl 5 ships it as any other.
 */
export function isBehavioral(object: ContentObject): boolean {
  if (object.kind !== 'detection' || (object.dialect !== '2022' && object.dialect !== '4.x')) return false;
  const { products } = object.tags;
  return products.length > 0 && products.every((product) => product === 'Splunk Behavioral Analytics');
}
