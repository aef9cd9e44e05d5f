// Macro definitions read by themselves: they may be commands, conditions, expressions or options of a command.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { parseExpression } from './expression.js';
import type { SyntaxLanguage } from './language.js';
import { parseFragment, parsePipelineText } from './pipeline.js';
import { parseSearchExpression } from './search-expression.js';

/**
 * Finds what is wrong with a macro's definition whatever search it is put into. A text that can be read as any part of
 * a search has no fault; of one that can't, the faults are those of a command if it begins like one.
 */
export function checkFragment(text: string, language: SyntaxLanguage): readonly SpanDiagnostic[] {
  const first = /^\s*(\||[A-Za-z_]\w*(?=\s|$))/.exec(text)?.[1];
  if (first === '|') return parsePipelineText(text, language).diagnostics;
  if (first !== undefined && language.commands.has(first.toLowerCase())) {
    const prefix = '| ';
    return parsePipelineText(prefix + text, language).diagnostics.map((diagnostic) => ({
      ...diagnostic,
      span: {
        start: Math.max(0, diagnostic.span.start - prefix.length),
        end: Math.max(0, diagnostic.span.end - prefix.length),
      },
    }));
  }
  const pipeline = parsePipelineText(text, language).diagnostics;
  if (pipeline.length === 0) return pipeline;
  const condition = parseFragment(text, language, (parser) => parseSearchExpression(parser)).diagnostics;
  if (condition.length === 0) return condition;
  const expression = parseFragment(text, language, parseExpression).diagnostics;
  return expression.length === 0 ? expression : pipeline;
}
