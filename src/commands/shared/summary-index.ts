// The commands that begin statistics for a summary index, which the command named without "si" finishes.
import { anyFields } from '../../syntax/field-set.js';
import { type CommandDefinition, defineCommand } from '../command.js';

/** The command that begins what another one finishes: its arguments are that one's. */
export function partialOf<A>(
  finisher: CommandDefinition<A>,
  examples: CommandDefinition<A>['examples'],
): CommandDefinition<A> {
  const name = `si${finisher.name}`;
  return defineCommand<A>({
    name,
    summary: `Writes what a summary index needs to compute ${finisher.name} later.`,
    source: `Search Reference: ${name}`,
    type: 'transforming',
    grammar: finisher.grammar,
    check: (args, context) => finisher.check?.(args, context),
    reads: (args) => finisher.reads?.(args) ?? [],
    fields: () => anyFields,
    finishedBy: finisher.name,
    plan: (_, input) => input,
    differences: [
      `it is evaluated only right before ${finisher.name} with the same arguments, which then gives what it gives over the results themselves`,
    ],
    examples,
  });
}
