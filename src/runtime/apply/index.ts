// The functions behind `apply` operators, by kind and name.

import type { FieldValue } from '../value.js';
import type { FoldFunction, GenerateFunction, RowFunction, RowsFunction, ValuesFunction } from './apply.js';
import { binRows, binValue } from './bin.js';
import { chartFold } from './chart.js';
import { convertRow, convertValue } from './convert.js';
import {
  constantFields,
  extractPairs,
  fieldsOfJson,
  jsonOfFields,
  spathFields,
  spathValue,
  tableLines,
  xmlPairs,
  xpathValue,
} from './extract.js';
import { fillNullRows } from './fillnull.js';
import { forEachField } from './foreach.js';
import { generateTimes, makeResults, setOfSearches } from './generate.js';
import { cellsOfPlace } from './geobin.js';
import {
  clusterRows,
  concurrentRows,
  pairCounts,
  requireRows,
  timeRegions,
  unescapeXml,
} from './group-events.js';
import { placeOfAddress } from './iplocation.js';
import { joinAliased, joinCommon, selfJoin } from './join.js';
import { inputLookup, lookupRow, outputLookup } from './lookup.js';
import { mapRows } from './map.js';
import { measuresOfRow, valueOfMeasure } from './metrics.js';
import { restOfTerms } from './prefix.js';
import { analyseFields, associateFields, correlateFields } from './relations.js';
import { rexSed, rexValues } from './rex.js';
import {
  accumulate,
  concatenateFields,
  difference,
  earlierValues,
  fillDown,
  headUntil,
  makeMultivalue,
  noMultivalue,
  rangeNames,
  relativeTimeText,
  replaceValues,
  tagsOfFields,
} from './stream.js';
import { streamStats, streamStatsValues } from './streamstats.js';
import {
  addInfo,
  contingencyRows,
  continuousRows,
  outlierRows,
  summariseFields,
  trendLines,
  uniqueRows,
} from './summary.js';
import {
  addTotals,
  appendColumns,
  appendPipe,
  combineRows,
  formatRows,
  returnRows,
  topRows,
  transposeRows,
  untableRows,
  xySeries,
} from './table.js';
import { wrapTime } from './timewrap.js';
import { transactionRows } from './transaction.js';

const valuesFunctions: Readonly<Record<string, ValuesFunction>> = {
  accum: accumulate,
  bin: binValue,
  convert: convertValue,
  delta: difference,
  geobin: cellsOfPlace,
  makemv: makeMultivalue,
  nomv: noMultivalue,
  prefix: restOfTerms,
  rangemap: rangeNames,
  reltime: relativeTimeText,
  rex: rexValues,
  sed: rexSed,
  spath: spathValue,
  strcat: concatenateFields,
  streamstats: streamStatsValues,
  xmlunescape: unescapeXml,
  xpath: xpathValue,
};
const rowFunctions: Readonly<Record<string, RowFunction>> = {
  addinfo: addInfo,
  autoregress: earlierValues,
  convert: convertRow,
  extract: extractPairs,
  foreach: forEachField,
  fromjson: fieldsOfJson,
  iplocation: placeOfAddress,
  lookup: lookupRow,
  measures: measuresOfRow,
  measureValue: valueOfMeasure,
  replace: replaceValues,
  setfields: constantFields,
  spath: spathFields,
  streamstats: streamStats,
  tags: tagsOfFields,
  tojson: jsonOfFields,
  trendline: trendLines,
  xmlkv: xmlPairs,
};
const rowsFunctions: Readonly<Record<string, RowsFunction>> = {
  addtotals: addTotals,
  analyzefields: analyseFields,
  associate: associateFields,
  contingency: contingencyRows,
  correlate: correlateFields,
  appendcols: appendColumns,
  appendpipe: appendPipe,
  bin: binRows,
  cluster: clusterRows,
  cofilter: pairCounts,
  concurrency: concurrentRows,
  require: requireRows,
  fieldsummary: summariseFields,
  filldown: fillDown,
  fillnull: fillNullRows,
  format: formatRows,
  headUntil,
  joinAliased,
  joinCommon,
  localize: timeRegions,
  makecontinuous: continuousRows,
  map: mapRows,
  multikv: tableLines,
  mvcombine: combineRows,
  outlier: outlierRows,
  outputlookup: outputLookup,
  return: returnRows,
  selfjoin: selfJoin,
  top: topRows,
  transaction: transactionRows,
  timewrap: wrapTime,
  transpose: transposeRows,
  uniq: uniqueRows,
  untable: untableRows,
  xyseries: xySeries,
};
const foldFunctions: Readonly<Record<string, FoldFunction>> = { chart: chartFold };
const generateFunctions: Readonly<Record<string, GenerateFunction>> = {
  gentimes: generateTimes,
  inputlookup: inputLookup,
  makeresults: makeResults,
  set: setOfSearches,
};

function named<F>(functions: Readonly<Record<string, F>>, name: string): F {
  const found = functions[name];
  if (found === undefined) throw new Error(`no runtime function "${name}"`);
  return found;
}

/** A function from values to values. */
export function valuesFunction(name: string): ValuesFunction {
  return named(valuesFunctions, name);
}
/** A function that changes rows one at a time. */
export function rowFunction(name: string): RowFunction {
  return named(rowFunctions, name);
}
/** A function from rows to rows. */
export function rowsFunction(name: string): RowsFunction {
  return named(rowsFunctions, name);
}
/** A function that takes rows one by one. */
export function foldFunction(name: string): FoldFunction {
  return named(foldFunctions, name);
}
/** A function that makes rows. */
export function generateFunction(name: string): GenerateFunction {
  return named(generateFunctions, name);
}

/** The result of a function of values that writes one field. */
export function oneValue(result: FieldValue | readonly FieldValue[]): FieldValue {
  return result as FieldValue;
}
/** The results of a function of values that writes several fields. */
export function listOfValues(result: FieldValue | readonly FieldValue[]): readonly FieldValue[] {
  return result as readonly FieldValue[];
}
