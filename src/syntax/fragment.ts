// Macro definitions read by themselves: they may be commands, conditions, expressions or options of a command.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { SearchEnvironment } from './analyse.js';
import { checkCalls } from './check-calls.js';
import { parseExpression } from './expression.js';
import type { SyntaxLanguage } from './language.js';
import { expandMacros, type MacroDefinition } from './macros.js';
import { type ParseResult, parseFragment, parsePipelineText } from './pipeline.js';
import { parseSearchExpression } from './search-expression.js';

/**
 * Finds what is wrong with a macro's definition whatever search it is put into. A text that can be read as a part of
 * a search has no fault; of one that can't, the faults are those of a command if it begins like one.
 */
export function checkFragment(text: string, language: SyntaxLanguage): readonly SpanDiagnostic[] {
  const first = /^\s*(\||[A-Za-z_]\w*(?=\s|$))/.exec(text)?.[1];
  if (first === '|') return withCalls(parsePipelineText(text, language), language);
  if (first !== undefined && language.commands.has(first.toLowerCase())) {
    const prefix = '| ';
    return withCalls(parsePipelineText(prefix + text, language), language).map((diagnostic) => ({
      ...diagnostic,
      span: {
        start: Math.max(0, diagnostic.span.start - prefix.length),
        end: Math.max(0, diagnostic.span.end - prefix.length),
      },
    }));
  }
  const pipeline = parsePipelineText(text, language);
  if (pipeline.diagnostics.length === 0) return withCalls(pipeline, language);
  const condition = parseFragment(text, language, (parser) => parseSearchExpression(parser)).diagnostics;
  if (condition.length === 0) return condition;
  const expression = parseFragment(text, language, parseExpression).diagnostics;
  return expression.length === 0 ? expression : pipeline.diagnostics;
}

function withCalls({ tree, diagnostics }: ParseResult, language: SyntaxLanguage): readonly SpanDiagnostic[] {
  const found = [...diagnostics];
  checkCalls(tree, language, (diagnostic) => void found.push(diagnostic));
  return found;
}

/**
 * Finds what is wrong with a macro's definition by itself, the macros it calls included: names that nothing has, and
 * text that no search can hold. What lies inside of another macro's definition is that one's fault.
 */
export function checkDefinition(
  macro: MacroDefinition,
  { language, macros, evaluate }: SearchEnvironment,
): readonly SpanDiagnostic[] {
  const { definition, isEval } = macro;
  if (isEval) return parseFragment(definition, language, parseExpression).diagnostics;
  const expansion = expandMacros(definition, macros, evaluate, macro);
  const own = checkFragment(expansion.text, language).map((diagnostic) => expansion.translate(diagnostic));
  return [...expansion.diagnostics, ...own]
    .filter(({ notes, code }) => notes === undefined || code === 'recursive-macro')
    .sort((a, b) => a.span.start - b.span.start);
}
