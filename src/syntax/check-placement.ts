// Checks of where commands stand: generating ones first, and only streaming ones in a multisearch or a foreach.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { SyntaxLanguage } from './language.js';
import { type Command, type Pipeline, syntaxOf } from './tree.js';

type Add = (diagnostic: SpanDiagnostic) => void;

/**
 * Reports generating commands behind others, which Splunk refuses ("This command must be the first command of a
 * search"; Search Reference, Command types), and commands that a multisearch does not take.
 */
export function checkPlacement(
  pipeline: Pipeline,
  owner: Command | undefined,
  language: SyntaxLanguage,
  add: Add,
): void {
  pipeline.commands.forEach((command, index) => {
    const syntax = command[syntaxOf] ?? language.commands.get(command.name);
    if (syntax === undefined || command.arguments === undefined) return;
    if (index > 0 && syntax.type === 'generating' && !(syntax.mayFollow?.(command.arguments) ?? false))
      add({
        severity: 'error',
        code: 'syntax',
        message: `"${command.name}" must be the first command of a search`,
        span: command.nameSpan,
        help: mayAppend.has(command.name)
          ? `write ${command.name} append=true to add its results to those before it`
          : `write append [ | ${command.name} … ] to add its results to those before it`,
      });
    // Search Reference, multisearch: at least two subsearches, of streaming commands only
    if (owner?.name === 'multisearch' && syntax.type !== 'streaming' && syntax.type !== 'generating')
      add({
        severity: 'error',
        code: 'syntax',
        message: `"multisearch" takes searches of streaming commands only, found "${command.name}"`,
        span: command.nameSpan,
        help: 'write append or union instead',
      });
    // Search Reference, foreach, Supported commands: streaming commands, or one eval where values are walked through
    if (owner?.name === 'foreach') {
      const modes = (owner.arguments as { options?: { mode?: string } } | undefined)?.options;
      const values = modes?.mode !== undefined && modes.mode !== 'multifield';
      const message = values
        ? index === 0 && command.name === 'eval'
          ? undefined
          : `"foreach mode=${modes?.mode}" takes a single eval command`
        : syntax.type === 'streaming'
          ? undefined
          : `"foreach" takes streaming commands only, found "${command.name}"`;
      if (message !== undefined) add({ severity: 'error', code: 'syntax', message, span: command.nameSpan });
    }
  });
}

const mayAppend = new Set(['inputlookup', 'inputcsv', 'tstats', 'mstats']);
