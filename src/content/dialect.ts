// Which of the four dialects a file is written in.
import type { Dialect } from './model.js';
import { get, isRaw, mapping, type Raw } from './read/fields.js';

const flatKeys = ['creation_date', 'modification_date', 'finding', 'intermediate_findings', 'category'];
const testedKeys = ['status', 'tests', 'data_source', 'drilldown_searches', 'lookup_type'];
const observableKeys = ['observable', 'confidence', 'impact', 'risk_score', 'required_fields', 'message'];

/** Tells the dialect from the keys of a file: the newest one that has them. */
export function dialectOf(raw: Raw): Dialect {
  if (flatKeys.some((key) => Object.hasOwn(raw, key))) return 'escu6';
  if (isRaw(get(raw, 'rba'))) return '5.x';
  const tags = mapping(raw, 'tags');
  const observed = observableKeys.some((key) => Object.hasOwn(tags, key));
  const tested = testedKeys.some((key) => Object.hasOwn(raw, key));
  if (!tested) return '2022';
  return observed ? '4.x' : '5.x';
}
