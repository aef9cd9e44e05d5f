// Data models as rules on searches ask about them.
import type { DataModel, DataModelDataset, DataModels } from '../knowledge/data-model.js';
import { loadDataModels } from '../knowledge/load-data-models.js';

let known: DataModels | undefined;

/** The data models that come with us: those of the Common Information Model and of Enterprise Security. */
export function knownDataModels(): DataModels {
  known ??= loadDataModels();
  return known;
}

/** The data set that a path below a model names: `Processes`, `All_Changes.Account_Management`; the root without one. */
export function findDataset(model: DataModel, path: string | undefined): DataModelDataset | undefined {
  const last = path?.slice(path.lastIndexOf('.') + 1);
  return last === undefined ? model.datasets[0] : model.datasets.find((dataset) => dataset.name === last);
}
