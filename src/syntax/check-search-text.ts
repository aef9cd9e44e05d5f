// Checks of searches that stand in the text of a call: searchmatch("a=b").

import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { isUncertain } from './field-set.js';
import type { SyntaxLanguage } from './language.js';
import { parseFragment } from './pipeline.js';
import { parseSearchExpression } from './search-expression.js';
import type { Expression, Pipeline, SearchExpression } from './tree.js';
import { walkPipeline } from './walk.js';

const callPattern = /searchmatch/i;

/** Reports searches in calls of searchmatch that can't be read. Search Reference, "Comparison and Conditional functions". */
export function checkSearchTexts(
  text: string,
  pipeline: Pipeline,
  language: SyntaxLanguage,
  add: (diagnostic: SpanDiagnostic) => void,
): void {
  // Nearly no search has one.
  if (!callPattern.test(text)) return;
  walkPipeline(pipeline, {
    expression(expression) {
      if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'searchmatch') return;
      const found = faultOf(expression.arguments, language);
      if (found !== undefined) add(found);
    },
  });
}

function faultOf([text]: readonly Expression[], language: SyntaxLanguage): SpanDiagnostic | undefined {
  if (text?.kind !== 'string' || isUncertain(text.value)) return undefined;
  const { value, diagnostics } = parseFragment(text.value, language, (parser) =>
    parseSearchExpression(parser),
  );
  const [first] = diagnostics;
  if (first !== undefined)
    return { ...first, message: `in the search of "searchmatch": ${first.message}`, span: text.span };
  if (value === undefined || !holdsSubsearch(value)) return undefined;
  const message = 'the search of "searchmatch" can\'t hold a subsearch';
  return { severity: 'error', code: 'syntax', message, span: text.span };
}

function holdsSubsearch(expression: SearchExpression): boolean {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.some(holdsSubsearch);
    case 'not':
      return holdsSubsearch(expression.operand);
    case 'comparison':
      return expression.value.subsearch !== undefined;
    case 'in':
      return expression.values.some((value) => value.subsearch !== undefined);
    default:
      return expression.kind === 'subsearch';
  }
}
