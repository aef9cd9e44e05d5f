// Writing trees as SPL: on one line, or one command a line.
import { printSearchExpression } from './print-search.js';
import { type Command, type MacroCall, type Pipeline, type SearchExpression, syntaxOf } from './tree.js';

/** Writes a macro call as it stands in a search. */
export function printMacro(macro: MacroCall): string {
  return macro.arguments === undefined
    ? `\`${macro.name}\``
    : `\`${macro.name}(${macro.arguments.join(', ')})\``;
}

/** Begins with a comparison or a bracket. */
const unlikeCommand = /^(?:\(|[\w.]+[=!<>])/;

/** Writes one command without its pipe. */
export function printCommand(command: Command, isNested = false): string {
  if (command.macro !== undefined)
    return command.raw === undefined
      ? printMacro(command.macro)
      : `${printMacro(command.macro)} ${command.raw}`;
  const grammar = command[syntaxOf]?.grammar;
  const words =
    command.arguments !== undefined && grammar !== undefined
      ? grammar.print(command.arguments)
      : (command.raw ?? '');
  // At the beginning of a pipeline a call of a macro, or a word before a parenthesis, would be read as a command, and
  // in a subsearch any word.
  if (command.implied) return (isNested ? unlikeCommand : /^(?!`|\w+\()/).test(words) ? words : `(${words})`;
  return words === '' ? command.name : `${command.name} ${words}`;
}

/** Writes the pipeline of a subsearch on one line. */
export function printPipeline(pipeline: Pipeline): string {
  return joinCommands(pipeline, ' | ', true);
}

function joinCommands(pipeline: Pipeline, separator: string, isNested: boolean): string {
  const texts = pipeline.commands.map((command) => printCommand(command, isNested));
  return `${pipeline.leadingPipe ? '| ' : ''}${texts.join(separator)}`;
}

/** Writes a search so that parsing it gives the same tree. */
export function printSearch(tree: Pipeline): string {
  return joinCommands(tree, ' | ', false);
}

/** Writes a search for people: one command a line. It means the same. */
export function formatSearch(tree: Pipeline): string {
  return joinCommands(tree, '\n| ', false);
}

/** Writes a search expression alone, such as a data model's constraint. */
export function printCondition(expression: SearchExpression): string {
  return printSearchExpression(expression);
}
