// Data models and data sets that searches read exist.
import { didYouMean, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { isUncertain } from '../syntax/field-set.js';
import { findDataset, knownDataModels } from './data-models.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownDataModel = defineRule({
  code: 'unknown-data-model',
  severity: 'warning',
  summary: 'Every data model and data set that a search reads exists.',
  source: 'Common Information Model Add-on: data models',
  docs:
    'A search over a data model that the search head does not have fails; over a data set that the model does not ' +
    'have, too. Data models of your own are not known here: turn the rule off for the files that use them.',
  examples: {
    pass: [
      {
        title: 'a data set below another',
        files: {
          [base.oldest]: edit('datamodel=Web', 'datamodel=Change.All_Changes.Account_Management'),
        },
      },
    ],
    fail: [
      {
        title: 'a model that is misspelled in the list of models',
        files: { [base.oldest]: edit('- Web\n', '- Wbe\n') },
        found: ['detections/web/long_urls.yml:8:3: unknown data model "Wbe"'],
      },
      {
        title: 'a model that is misspelled',
        files: { [base.oldest]: edit('datamodel=Web', 'datamodel=Wbe') },
        found: ['detections/web/long_urls.yml:10:40: unknown data model "Wbe"'],
      },
      {
        title: 'a data set that is misspelled',
        files: { [base.oldest]: edit('datamodel=Web', 'datamodel=Endpoint.Process') },
        found: ['detections/web/long_urls.yml:10:40: data model "Endpoint" has no data set "Process"'],
      },
    ],
  },
  content(object, report) {
    if (!('dataModels' in object)) return;
    const models = knownDataModels();
    for (const [index, name] of object.dataModels.entries()) {
      // Older content names a data set together with its model: Endpoint_Processes.
      if (name === '' || [...models.keys()].some((model) => name === model || name.startsWith(`${model}_`)))
        continue;
      report(object.at.value(['dataModels', index]), `unknown data model "${name}"`, {
        help: didYouMean(name, models.keys()),
      });
    }
  },
  isByCommand: true,
  search({ analysis, locate }, report) {
    const models = knownDataModels();
    for (const { model: name, dataset, span } of analysis.dataModels) {
      if (isUncertain(name) || isUncertain(dataset ?? '')) continue;
      const model = models.get(name);
      if (model === undefined) {
        const where = locate(span);
        const meant = nearest(name, models.keys());
        report(where.place, `unknown data model "${name}"`, {
          help: meant === undefined ? undefined : `did you mean "${meant}"?`,
          notes: where.notes,
          severity: isSlip(name, meant) ? 'error' : 'warning',
        });
      } else if (findDataset(model, dataset) === undefined && dataset !== undefined) {
        const where = locate(span);
        const last = dataset.slice(dataset.lastIndexOf('.') + 1);
        const meant = nearest(
          last,
          model.datasets.map((item) => item.name),
        );
        report(where.place, `data model "${name}" has no data set "${dataset}"`, {
          help: meant === undefined ? undefined : `did you mean "${meant}"?`,
          notes: where.notes,
          severity: isSlip(last, meant) ? 'error' : 'warning',
        });
      }
    }
  },
});
