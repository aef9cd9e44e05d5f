// The list of all validation rules, by code.
import { attackData } from './attack-data.js';
import { bareWord } from './bare-word.js';
import { brokenUrl } from './broken-url.js';
import { categoryFolder } from './category-folder.js';
import { dashboardFile } from './dashboard-file.js';
import { dataModelField } from './data-model-field.js';
import { dataSourceField } from './data-source-field.js';
import { dateOrder } from './date-order.js';
import { deploymentText } from './deployment-text.js';
import { deprecationMapping } from './deprecation-mapping.js';
import { drilldownCount } from './drilldown-count.js';
import { drilldownToken } from './drilldown-token.js';
import { duplicateItem } from './duplicate-item.js';
import { emptyDescription } from './empty-description.js';
import { enabledByDefault } from './enabled-by-default.js';
import { fileName } from './file-name.js';
import { filterMacro } from './filter-macro.js';
import { fixedScore } from './fixed-score.js';
import { futureDate } from './future-date.js';
import { hardcodedIndex } from './hardcoded-index.js';
import { hardcodedSummaries } from './hardcoded-summaries.js';
import { ignoredKey } from './ignored-key.js';
import { invisibleCharacter } from './invisible-character.js';
import { lookupMatch } from './lookup-match.js';
import { lookupSource } from './lookup-source.js';
import { lookupTable } from './lookup-table.js';
import { lowercaseOperator } from './lowercase-operator.js';
import { macroArguments } from './macro-arguments.js';
import { missingDeployment } from './missing-deployment.js';
import { missingField } from './missing-field.js';
import { missingPipe } from './missing-pipe.js';
import { missingStatus } from './missing-status.js';
import { missingTest } from './missing-test.js';
import { nonAscii } from './non-ascii.js';
import { orphanFile } from './orphan-file.js';
import { outputField } from './output-field.js';
import { playbookFile } from './playbook-file.js';
import { productSet } from './product-set.js';
import { replacementContent } from './replacement-content.js';
import { riskByType } from './risk-by-type.js';
import { riskField } from './risk-field.js';
import { riskScore } from './risk-score.js';
import { riskyCommand } from './risky-command.js';
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
import { unknownColumn } from './unknown-column.js';
import { unknownDataComponent } from './unknown-data-component.js';
import { unknownDataModel } from './unknown-data-model.js';
import { unknownDataSource } from './unknown-data-source.js';
import { unknownField } from './unknown-field.js';
import { unknownLookupRule } from './unknown-lookup.js';
import { unknownOrigin } from './unknown-origin.js';
import { unknownStory } from './unknown-story.js';
import { unknownTechnique } from './unknown-technique.js';
import { unknownTest } from './unknown-test.js';
import { unreadField } from './unread-field.js';
import { victim } from './victim.js';
import { whereWildcard } from './where-wildcard.js';

export const rules: readonly Rule[] = [
  attackData,
  bareWord,
  brokenUrl,
  categoryFolder,
  dashboardFile,
  dataModelField,
  dataSourceField,
  dateOrder,
  deploymentText,
  deprecationMapping,
  drilldownCount,
  drilldownToken,
  duplicateItem,
  emptyDescription,
  enabledByDefault,
  fileName,
  filterMacro,
  fixedScore,
  futureDate,
  hardcodedIndex,
  hardcodedSummaries,
  ignoredKey,
  invisibleCharacter,
  lookupMatch,
  lookupSource,
  lookupTable,
  lowercaseOperator,
  macroArguments,
  missingDeployment,
  missingField,
  missingPipe,
  missingStatus,
  missingTest,
  nonAscii,
  orphanFile,
  outputField,
  playbookFile,
  productSet,
  replacementContent,
  riskByType,
  riskField,
  riskScore,
  riskyCommand,
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
  unknownColumn,
  unknownDataComponent,
  unknownDataModel,
  unknownDataSource,
  unknownField,
  unknownLookupRule,
  unknownOrigin,
  unknownStory,
  unknownTechnique,
  unknownTest,
  unreadField,
  victim,
  whereWildcard,
];
