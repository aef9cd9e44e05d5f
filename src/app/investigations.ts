// Response tasks in the ES workbench: panels, their tokens and the workflow actions that open them.
import { confValue } from '../conf/write.js';
import type { Investigation } from '../content/model.js';
import { fileForm } from '../output/names.js';
import type { AppContext } from './app-context.js';

/** Workbench panels of all tasks that take an input. */
export function investigationsView({ header, responseTasks }: AppContext) {
  return {
    header,
    panels: responseTasks.filter(takesInput).map((task) => ({
      id: panelId(task),
      name: confValue(task.name),
      description: confValue(task.description),
      tokens: confValue(JSON.stringify(Object.fromEntries(inputsOf(task).map(token)), null, 2)),
    })),
  };
}

/** Field menus open a panel that takes just the one field. */
export function workflowActionsView({ header, responseTasks }: AppContext) {
  return {
    header,
    actions: responseTasks
      .filter((task) => inputsOf(task).length === 1)
      .map((task) => ({
        id: panelId(task),
        name: confValue(task.name),
        field: inputsOf(task)[0]!,
        type: `type_${inputsOf(task)[0] === 'user' ? 'identity' : 'asset'}`,
      })),
  };
}

/** Path of each panel below the app and the view of its template. */
export function panels({
  responseTasks,
}: AppContext): { readonly path: string; readonly view: { search: string } }[] {
  return responseTasks.filter(takesInput).map((task) => ({
    path: `default/data/ui/panels/${panelId(task)}.xml`,
    view: { search: xmlText(task.search) },
  }));
}

/** Text as the content of an XML element. */
export const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const panelId = (task: Investigation) => `workbench_panel_${fileForm(task.name)}___response_task`;
const takesInput = (task: Investigation) => inputsOf(task).length > 0;

/** The `$field$` of the search, each once; blanks and dots cannot be in one. */
const inputsOf = (task: Investigation): string[] => [
  ...new Set([...task.search.matchAll(/\$([^\s.$]+)\$/g)].map(([, name]) => name!)),
];

function token(name: string): [string, object] {
  return [
    name,
    {
      valuePrefix: '"',
      valueSuffix: '"',
      delimiter: ` OR ${name}=`,
      valueType: 'primitive',
      value: name === 'user' ? 'identity' : name === 'dest' ? 'asset' : 'file',
      default: 'null',
    },
  ];
}
