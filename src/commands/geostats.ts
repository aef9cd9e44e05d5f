// The geostats command.
import type { Operator } from '../plan/operator.js';
import { printAggregation } from '../syntax/aggregation.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause, printField } from '../syntax/grammar-parts.js';
import { booleanOption, countOption, fieldOption, numberOption } from '../syntax/grammar-values.js';
import { encodeString } from '../syntax/parser.js';
import { defineCommand } from './command.js';

const quoted = (name: string): string => `"${encodeString(name)}"`;

/** Computes statistics for a map. */
export const geostats = defineCommand({
  name: 'geostats',
  summary: 'Computes statistics for a map: of the cells of a grid, at several levels of zoom.',
  source: 'Search Reference: geostats',
  type: 'transforming',
  grammar: form(
    { aggregations: aggregations(), by: byClause() },
    {
      options: {
        translatetoxy: booleanOption,
        latfield: fieldOption,
        longfield: fieldOption,
        globallimit: countOption,
        locallimit: countOption,
        outputlatfield: fieldOption,
        outputlongfield: fieldOption,
        binspanlat: numberOption,
        binspanlong: numberOption,
        maxzoomlevel: countOption,
      },
    },
  ),
  check({ by = [], options }, { command, report }) {
    const wrong = (message: string): void =>
      report({ severity: 'error', code: 'invalid-argument', message, span: command.span });
    if (by.length > 1) wrong('"geostats" splits by one field');
    if ((options.binspanlat ?? 1) <= 0 || (options.binspanlong ?? 1) <= 0)
      wrong('the bins of "geostats" must be larger than 0 degrees');
    if ((options.maxzoomlevel ?? 0) > 20) wrong('"geostats" has at most 20 levels of zoom here');
  },
  reads: (args) => args.by ?? [],
  fields: () => anyFields,
  plan: ({ aggregations: list, by, options }, input, context) => {
    if (options.locallimit !== undefined) context.refuse('"locallimit" of geostats is not evaluated here');
    const latitude = options.latfield ?? 'lat';
    const longitude = options.longfield ?? 'lon';
    const cells: Operator = {
      op: 'apply',
      kind: 'values',
      function: 'geobin',
      input,
      arguments: {
        latitude: options.binspanlat ?? 22.5,
        longitude: options.binspanlong ?? 45,
        levels: (options.maxzoomlevel ?? 9) + 1,
      },
      reads: [latitude, longitude],
      writes: ['geobin'],
    };
    const place = `avg(${quoted(latitude)}) AS latitude, avg(${quoted(longitude)}) AS longitude`;
    const wanted = list.map(printAggregation).join(', ');
    const [split] = by ?? [];
    const table =
      split === undefined || options.translatetoxy === false
        ? `| stats ${wanted}, ${place} BY geobin${split === undefined ? '' : `, ${printField(split)}`}`
        : // The place of a cell goes through the chart as part of its name.
          `| mvexpand geobin | eventstats ${place} BY geobin | eval geobin=mvjoin(mvappend(geobin, latitude, longitude), ";") | chart limit=${options.globallimit ?? 10} ${wanted} OVER geobin BY ${printField(split)} | eval latitude=tonumber(mvindex(split(geobin, ";"), 1)), longitude=tonumber(mvindex(split(geobin, ";"), 2)), geobin=mvindex(split(geobin, ";"), 0)`;
    const renamed = [
      ...(options.outputlatfield === undefined ? [] : [`latitude AS ${quoted(options.outputlatfield)}`]),
      ...(options.outputlongfield === undefined ? [] : [`longitude AS ${quoted(options.outputlongfield)}`]),
    ];
    const names = renamed.length === 0 ? '' : ` | rename ${renamed.join(', ')}`;
    return context.continue(context.parse(table + names), cells);
  },
  differences: [
    'the page does not say where in a cell its results are shown; here it is the mean of the places of its events',
  ],
  examples: [
    {
      title: 'events of cells of the coarsest grid',
      spl: '| geostats maxzoomlevel=0 count',
      input: [
        { lat: 40, lon: -74 },
        { lat: 41, lon: -74 },
        { lat: 37.5, lon: -122.5 },
        { lat: 'unknown', lon: 1 },
      ],
      output: [
        { geobin: 'bin_id_zl_0_y_5_x_1', count: 1, latitude: 37.5, longitude: -122.5 },
        { geobin: 'bin_id_zl_0_y_5_x_2', count: 2, latitude: 40.5, longitude: -74 },
      ],
    },
    {
      title: 'a column for each product',
      spl: '| geostats maxzoomlevel=0 latfield=y longfield=x count BY product',
      input: [
        { y: 40, x: -74, product: 'a' },
        { y: 41, x: -74, product: 'b' },
      ],
      output: [{ geobin: 'bin_id_zl_0_y_5_x_2', a: 1, b: 1, latitude: 40.5, longitude: -74 }],
    },
  ],
});
