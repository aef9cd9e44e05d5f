// Data sets that from and union name: data models, lookups and saved searches.
import type { Operator, PlanContext } from './operator.js';
import { lookupRows } from './sources.js';

/** Plans `type:name`; refuses what only a server has. */
export function namedDataset(type: string, name: string, context: PlanContext): Operator {
  switch (type) {
    case 'datamodel': {
      const dataset = context.dataset(name);
      if (dataset === undefined) return context.refuseDataset(name);
      return dataset.operator;
    }
    case 'lookup':
    case 'inputlookup':
      return lookupRows(name, {}, undefined, context);
    case 'savedsearch':
      return context.savedSearch(name);
    default:
      return context.refuse(`data sets of type "${type}" cannot be read locally`);
  }
}
