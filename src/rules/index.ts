// The list of all validation rules, by code.
import { attackData } from './attack-data.js';
import { categoryFolder } from './category-folder.js';
import { dashboardFile } from './dashboard-file.js';
import { deploymentText } from './deployment-text.js';
import { deprecationMapping } from './deprecation-mapping.js';
import { drilldownCount } from './drilldown-count.js';
import { drilldownToken } from './drilldown-token.js';
import { duplicateItem } from './duplicate-item.js';
import { enabledByDefault } from './enabled-by-default.js';
import { fileName } from './file-name.js';
import { fixedScore } from './fixed-score.js';
import { futureDate } from './future-date.js';
import { ignoredKey } from './ignored-key.js';
import { lookupSource } from './lookup-source.js';
import { lookupTable } from './lookup-table.js';
import { macroArguments } from './macro-arguments.js';
import { missingDeployment } from './missing-deployment.js';
import { missingTest } from './missing-test.js';
import { orphanFile } from './orphan-file.js';
import { playbookFile } from './playbook-file.js';
import { productSet } from './product-set.js';
import { replacementContent } from './replacement-content.js';
import { riskByType } from './risk-by-type.js';
import { riskField } from './risk-field.js';
import { riskScore } from './risk-score.js';
import type { Rule } from './rule.js';
import { scheduleText } from './schedule-text.js';
import { shortText } from './short-text.js';
import { stanzaName } from './stanza-name.js';
import { techniqueOverlap } from './technique-overlap.js';
import { throttlingField } from './throttling-field.js';
import { tokenText } from './token-text.js';
import { unfinished } from './unfinished.js';
import { uniqueId } from './unique-id.js';
import { uniqueName } from './unique-name.js';
import { unknownBaseline } from './unknown-baseline.js';
import { unknownDataSource } from './unknown-data-source.js';
import { unknownStory } from './unknown-story.js';
import { unknownTest } from './unknown-test.js';
import { victim } from './victim.js';

export const rules: readonly Rule[] = [
  attackData,
  categoryFolder,
  dashboardFile,
  deploymentText,
  deprecationMapping,
  drilldownCount,
  drilldownToken,
  duplicateItem,
  enabledByDefault,
  fileName,
  fixedScore,
  futureDate,
  ignoredKey,
  lookupSource,
  lookupTable,
  macroArguments,
  missingDeployment,
  missingTest,
  orphanFile,
  playbookFile,
  productSet,
  replacementContent,
  riskByType,
  riskField,
  riskScore,
  scheduleText,
  shortText,
  stanzaName,
  techniqueOverlap,
  throttlingField,
  tokenText,
  unfinished,
  uniqueId,
  uniqueName,
  unknownBaseline,
  unknownDataSource,
  unknownStory,
  unknownTest,
  victim,
];
