// Checks of XML files: dashboards, panels and navigation.
import { type Check, type InspectedApp, lineAt } from './check.js';
import { xmlFault } from './xml.js';

const xmlPaths = (app: InspectedApp) => app.paths.filter((path) => path.endsWith('.xml'));
const viewPaths = (app: InspectedApp) =>
  xmlPaths(app).filter((path) => path.startsWith('default/data/ui/views/'));

/** A check for something that dashboards must not hold. */
function forbids(name: string, what: string, pattern: RegExp): Check {
  return {
    name,
    level: 'failure',
    summary: `no ${what} in dashboards`,
    inspect(app, report) {
      for (const path of viewPaths(app)) {
        const text = app
          .text(path)
          .replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, (skipped) => skipped.replace(/[^\n]/g, ' '));
        const match = pattern.exec(text);
        if (match) report(path, `${what} is used`, { line: lineAt(text, match.index) });
      }
    },
  };
}

const element = (...names: string[]) => new RegExp(`<(${names.join('|')})[\\s/>]`, 'i');
const option = (name: string) => new RegExp(`<option\\s+name=["']${name}["']`, 'i');

export const viewChecks: readonly Check[] = [
  {
    name: 'check_that_all_xml_files_are_well_formed',
    level: 'failure',
    summary: 'XML files are well-formed',
    inspect(app, report) {
      for (const path of xmlPaths(app)) {
        const text = app.text(path);
        const fault = xmlFault(text);
        if (fault) report(path, fault.message, { line: lineAt(text, fault.offset) });
      }
    },
  },
  {
    name: 'check_simplexml_standards_version',
    level: 'failure',
    summary: 'dashboards say which version they are for',
    inspect(app, report) {
      for (const path of viewPaths(app)) {
        const text = app.text(path);
        const root = /<(dashboard|form)\b[^>]*>/.exec(text);
        if (root && !/\bversion\s*=\s*["'](1\.1|2|1\.2)/.test(root[0]))
          report(path, `<${root[1]}> has no version="1.1" or "2"`, { line: lineAt(text, root.index) });
      }
    },
  },
  forbids('check_for_simple_xml_seed_element', 'the element <seed>', element('seed')),
  forbids(
    'check_for_simple_xml_search_related_element',
    'a search element of old',
    element('searchTemplate', 'searchString', 'searchName', 'searchPostProcess'),
  ),
  forbids(
    'check_for_populating_search_element_in_dashboard_xml',
    'the element <populatingSearch>',
    element('populatingSearch', 'populatingSavedSearch'),
  ),
  forbids('check_for_dashboard_xml_list_element', 'the element <list>', element('list')),
  forbids('check_for_simple_xml_row_grouping', 'grouping of rows', /<row[^>]*\sgrouping\s*=/i),
  forbids(
    'check_for_simple_xml_option_element_with_name_previewresults',
    'the option previewResults',
    option('previewResults'),
  ),
  forbids(
    'check_for_displayrownumbers_in_simple_xml',
    'the option displayRowNumbers',
    option('displayRowNumbers'),
  ),
  forbids(
    'check_for_noninteger_height_option',
    'a height that is no whole number',
    /<option\s+name=["']height["']\s*>\s*(?!\d+(?:px)?\s*<|\$)/i,
  ),
  forbids('check_html_dashboards', 'a dashboard in HTML', /<html[\s>][\s\S]*<script/i),
  forbids('check_for_advanced_xml_module_elements', 'a module of Advanced XML', element('module')),
  forbids(
    'check_for_simple_xml_single_element_with_deprecated_option_names',
    'an option that single values no longer have',
    option('(?:additionalClass|afterLabel|beforeLabel|classField|linkFields|linkSearch|linkView)'),
  ),
  forbids(
    'check_for_simple_xml_chart_element_with_deprecated_option_names',
    'an option that charts no longer have',
    option('charting\\.axisLabelsY\\.(?:majorLabelVisibility|majorTickSize)'),
  ),
  forbids(
    'check_for_earliest_time_and_latest_time_elements_in_dashboard_xml',
    'a time range of old',
    element('earliestTime', 'latestTime'),
  ),
];
