// What other apps provide, as detc.yml declares it: commands, functions and macros that searches may call unseen.
import type { ExternalNames } from './content/model.js';
import { language } from './language.js';
import { anyFields } from './syntax/field-set.js';
import { text } from './syntax/grammar.js';
import type { CommandSyntax, FunctionSyntax, SyntaxLanguage } from './syntax/language.js';
import type { MacroDefinition } from './syntax/macros.js';

/** The language with the commands and functions of other apps; their arguments are not looked at. */
export function languageWith({ commands, functions }: ExternalNames): SyntaxLanguage {
  if (commands.length === 0 && functions.length === 0) return language;
  const key = [...commands, '', ...functions].join('\n');
  if (last?.key !== key) last = { key, language: languageOf(commands, functions) };
  return last.language;
}

/** The language of the last repository: while it is watched, it is the same for as long as these names are. */
let last: { readonly key: string; readonly language: SyntaxLanguage } | undefined;

function languageOf(names: readonly string[], functions: readonly string[]): SyntaxLanguage {
  const more = names.map((name): [string, CommandSyntax] => [
    name.toLowerCase(),
    {
      name: name.toLowerCase(),
      type: 'streaming',
      grammar: text,
      fields: () => anyFields,
      unsupported: 'another app provides it',
    },
  ]);
  const calls = functions.map((name): [string, FunctionSyntax] => [
    name.toLowerCase(),
    { name: name.toLowerCase(), parameters: { min: 0, max: Number.POSITIVE_INFINITY }, returns: 'any' },
  ]);
  return {
    ...language,
    // What is built in is known better.
    commands: new Map<string, CommandSyntax>([...more, ...language.commands]),
    functions: new Map<string, FunctionSyntax>([...calls, ...language.functions]),
  };
}

/** The macros of other apps, whose definitions are not known. */
export function externalMacros({ macros }: ExternalNames): MacroDefinition[] {
  return macros.map((written): MacroDefinition => {
    const [, name = written, arity] = /^(.*?)(?:\((\d+)\))?$/.exec(written) ?? [];
    return {
      name,
      arguments: Array.from({ length: Number(arity ?? 0) }, (_, index) => `argument${index + 1}`),
      definition: '',
      isExternal: true,
      ...(arity === undefined ? { anyArity: true } : {}),
    };
  });
}
