// Where a field went that a command reads and no row has: the command that took it away, the one that never set it,
// or a name that was meant.
import { didYouMean, nearest } from '../../diagnostic/did-you-mean.js';
import type { SearchAnalysis } from '../../syntax/analyse.js';
import { fieldsOf } from '../../syntax/expression-parts.js';
import { anyFields, mayHave } from '../../syntax/field-set.js';
import { printCommand } from '../../syntax/printer.js';
import type { Command, Expression } from '../../syntax/tree.js';
import { clip } from '../report/text.js';
import type { Asker } from './asker.js';

/** Causes are followed over that many commands. */
const mostCauses = 3;

/** Says in a sentence or a few what became of a field that no row has before a command. */
export async function whereFieldWent(
  field: string,
  at: number,
  analysis: SearchAnalysis,
  asker: Asker,
  causes = mostCauses,
): Promise<string[]> {
  const { commands } = asker;
  const shown = (index: number): string => clip(printCommand(commands[index]!).replace(/\s+/g, ' '), 120);
  // Where it is known without a look at the data that a command lets it through no more.
  for (let index = at - 1; index >= 0; index--) {
    if (mayHave(analysis.fields[index]!, field)) continue;
    const before = analysis.fields[index - 1] ?? anyFields;
    if (!mayHave(before, field)) continue;
    if (before.known.has(field) || (await namesBefore(index, analysis, asker)).has(field))
      return [`no row has "${field}" any more after: ${shown(index)}`];
  }
  // A data set has its fields under their own names, so that nothing before it is asked.
  const first = asker.datasetOf(0) === undefined ? 0 : 1;
  for (let before = at - 1; before >= first; before--)
    if ((await asker.values(field, before)).length > 0)
      return [`no row has "${field}" any more after: ${shown(before)}`];
  const maker = commands.findIndex(
    (command, index) =>
      index < at &&
      command.name !== 'search' &&
      (analysis.fields[index]?.known.has(field) ?? false) &&
      !(analysis.fields[index - 1]?.known.has(field) ?? false),
  );
  if (maker < 0) {
    const help = otherName(field, await namesBefore(at, analysis, asker));
    return [`no ${at === 0 ? 'event' : 'row'} has "${field}"${help === undefined ? '' : `; ${help}`}`];
  }
  const said = [`no row was given "${field}" by: ${shown(maker)}`];
  if (causes === 0 || maker < first) return said;
  for (const read of readFor(field, commands[maker]!))
    if (read !== field && (await asker.values(read, maker)).length === 0)
      said.push(...(await whereFieldWent(read, maker, analysis, asker, causes - 1)));
  return said;
}

/** A name that may have been meant. A data set may have the field itself, and then it is only that no event fills it. */
function otherName(field: string, names: ReadonlySet<string>): string | undefined {
  if (names.has(field)) return undefined;
  // What stands before the first dot is the same for many, and would make any two of them alike.
  const prefix = field.slice(0, field.indexOf('.') + 1);
  const beside = [...names]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const found = nearest(field.slice(prefix.length), beside);
  if (found !== undefined) return `did you mean "${prefix}${found}"?`;
  return didYouMean(
    field,
    [...names].filter((name) => !name.startsWith(prefix)),
  );
}

/** The fields that a command reads to make one: those of the eval expression, and those it groups by. */
function readFor(field: string, command: Command): string[] {
  const { by, assignments } = (command.arguments ?? {}) as {
    by?: readonly { readonly name?: unknown }[];
    assignments?: readonly {
      readonly field?: { readonly name?: string };
      readonly expression?: Expression;
    }[];
  };
  const names = Array.isArray(by) ? by.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])) : [];
  for (const { field: target, expression } of assignments ?? [])
    if (target?.name === field && expression !== undefined) names.push(...fieldsOf(expression));
  return [...new Set(names)].filter((name) => name !== '_time');
}

/** A name with a dot that stands without quotes in an eval expression, where a dot puts texts together. */
export async function unquotedName(
  fields: readonly string[],
  at: number,
  analysis: SearchAnalysis,
  asker: Asker,
): Promise<string | undefined> {
  if (fields.length < 2) return undefined;
  const names = await namesBefore(at, analysis, asker);
  for (let from = 0; from < fields.length - 1; from++)
    for (let to = fields.length; to > from + 1; to--) {
      const name = fields.slice(from, to).join('.');
      if (names.has(name))
        return `${name} without quotes is the values of ${fields
          .slice(from, to)
          .map((part) => `"${part}"`)
          .join(' and ')} put together; the field is '${name}', in single quotes`;
    }
  return undefined;
}

/** Names of the fields that rows may have before a command. */
async function namesBefore(at: number, analysis: SearchAnalysis, asker: Asker): Promise<Set<string>> {
  const dataset = asker.datasetOf(at);
  if (dataset !== undefined) return new Set(asker.events.datasetFields(dataset));
  const before = analysis.fields[at - 1];
  const names = new Set(before?.known);
  if (before?.closed) return names;
  for (const name of await asker.events.fieldNames()) names.add(name);
  return names;
}
