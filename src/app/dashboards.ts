// Dashboards: the studio definition, laid out anew, inside its XML.
import type { Dashboard } from '../content/model.js';
import { indentJson } from '../output/json.js';
import type { AppContext } from './app-context.js';
import { xmlText } from './investigations.js';
import { fileDiagnostic, type Report, readRepositoryFile } from './repository-files.js';

/** Path below the app and view of each dashboard whose definition can be read. */
export function dashboards(context: AppContext, report: Report) {
  const { repository, header } = context;
  const { label } = repository.app;
  const safeHeader = Object.fromEntries(
    Object.entries(header).map(([key, text]) => [key, inXmlComment(text)]),
  );
  return repository.dashboards.flatMap((dashboard) => {
    const definition = definitionOf(repository.root, dashboard, report);
    if (definition === undefined) return [];
    return [
      {
        path: `default/data/ui/views/${`${label}__${dashboard.stem}`.toLowerCase().replaceAll(' ', '_')}.xml`,
        view: {
          header: safeHeader,
          theme: dashboard.theme,
          label: xmlText(dashboard.name),
          // Only a string can hold these characters, and there `>` may be written as an escape.
          definition: definition.replaceAll(']]>', ']]\\u003e'),
        },
      },
    ];
  });
}

/** Two hyphens would end the comment. */
const inXmlComment = (text: string) => text.replace(/--+/g, '-').replace(/-$/, '- ');

function definitionOf(root: string, dashboard: Dashboard, report: Report): string | undefined {
  const bytes = readRepositoryFile(root, dashboard.jsonFile, report);
  if (bytes === undefined) return undefined;
  try {
    return indentJson(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch {
    report(
      fileDiagnostic(dashboard.jsonFile, 'error', 'dashboard-json', `"${dashboard.jsonFile}" is not JSON`),
    );
    return undefined;
  }
}
