// What search-time knowledge needs of the compiler: eval expressions, search filters, regexes and lookups, made callable.
import type { Scope } from './codegen/code.js';
import { ExpressionCompiler } from './codegen/expression.js';
import { quote } from './codegen/quote.js';
import { type SearchScope, searchCondition, searchFields } from './codegen/search.js';
import { Writer } from './codegen/writer.js';
import type { SpanDiagnostic } from './diagnostic/diagnostic.js';
import * as runtime from './evaluator-runtime.js';
import { eventLookup } from './event-lookup.js';
import { expressionSources } from './knowledge/expression-sources.js';
import type {
  CompiledExpression,
  CompiledFilter,
  FieldLookup,
  KnowledgeLanguage,
} from './knowledge/language.js';
import { language } from './language.js';
import type { LookupTable } from './runtime/environment.js';
import { compileRegex, RegexLimitError, type RegexMatch } from './runtime/regex.js';
import type { Run } from './runtime/run.js';
import type { FieldValue, Row } from './runtime/value.js';
import { fieldsOf } from './syntax/expression-parts.js';
import { expression, searchExpression } from './syntax/grammar-parts.js';
import { parseFragment } from './syntax/pipeline.js';
import type { Expression, SearchExpression } from './syntax/tree.js';

/** Functions that may read fields nobody names. */
const ROW_READERS = /^(?:spath|getfields|lookup|searchmatch)$/i;

/** Texts that a regex may run away on, each a second's work, before it is left out altogether. */
const MAX_FAILURES = 5;

/** Makes the language; expressions are evaluated with the given clock and zone. */
export function knowledgeLanguage(
  options: { readonly now?: number; readonly timezone?: string } = {},
): KnowledgeLanguage {
  const run = runtime.startRun(options);
  const expressions = new Map<string, CompiledExpression>();
  return {
    regex(pattern, gaveUp) {
      const regex = compileRegex(pattern);
      let failures = 0;
      return {
        names: regex.groupNames,
        exec(text, from) {
          let match: RegexMatch | null = null;
          if (failures >= MAX_FAILURES) gaveUp?.();
          else
            try {
              match = regex.exec(text, from);
            } catch (error) {
              if (!(error instanceof RegexLimitError)) throw error;
              failures++;
              gaveUp?.();
            }
          if (match === null) return null;
          const whole = match[0] as string;
          return {
            groups: match,
            start: match.index,
            end: match.index + whole.length,
          };
        },
      };
    },
    expression(text) {
      let compiled = expressions.get(text);
      if (compiled === undefined) {
        compiled = compileExpression(text, run);
        expressions.set(text, compiled);
      }
      return compiled;
    },
    parseFilter(text) {
      const part = searchExpression();
      const parsed = parseFragment(text, language, (parser) => part.parse(parser));
      throwFaults(parsed.diagnostics);
      return parsed.value ?? { kind: 'everything', span: { start: 0, end: 0 } };
    },
    filter: (tree) => compileFilter(tree, run),
    lookup: (table: LookupTable): FieldLookup => eventLookup(table),
  };
}

function compileExpression(text: string, run: Run): CompiledExpression {
  const parsed = parseFragment(text, language, (parser) => expression.parse(parser));
  throwFaults(parsed.diagnostics);
  const tree = parsed.value;
  if (tree === undefined) throw new Error('expected an expression');
  const make = generate<FieldValue>(run, (writer, scope, report) => {
    return new ExpressionCompiler(writer, language, report).value(tree, scope).code;
  });
  return {
    reads: readsAny(tree) ? 'all' : new Set(fieldsOf(tree)),
    evaluate: (row) => {
      const value = make(row);
      return typeof value === 'boolean' ? String(value) : value;
    },
    sources: expressionSources(tree),
  };
}

function compileFilter(tree: SearchExpression, run: Run): CompiledFilter {
  const test = generate<boolean>(run, (writer, { read }, report) => {
    const scope: SearchScope = {
      read,
      row: () => 'row',
      text: () => `${writer.use('rowText')}(row)`,
      subsearch: () => unsupported('a subsearch'),
      subsearchValue: () => unsupported('a subsearch'),
      bound: () => unsupported('a time range'),
      report,
    };
    return searchCondition(tree, scope, writer);
  });
  return { reads: new Set(searchFields(tree)), test };
}

function unsupported(what: string): never {
  throw new Error(`${what} cannot stand here`);
}

/** Generates a function of a row; the text is made at once, so that its faults are known, the function when called. */
function generate<T>(
  run: Run,
  write: (writer: Writer, scope: Scope, report: (diagnostic: SpanDiagnostic) => void) => string,
): (row: Row) => T {
  const writer = new Writer('javascript');
  const faults: SpanDiagnostic[] = [];
  const loads = new Map<string, string>();
  const read = (name: string): string => {
    let variable = loads.get(name);
    if (variable === undefined) {
      variable = writer.freshField(name);
      loads.set(name, variable);
    }
    return variable;
  };
  let code = '';
  const body = writer.aside(() => {
    code = write(writer, { read, row: () => 'row' }, (diagnostic) => faults.push(diagnostic));
  });
  throwFaults(faults);
  const names = [...writer.imports].sort();
  const lines = [
    '"use strict";',
    ...(names.length === 0 ? [] : [`const { ${names.join(', ')} } = runtime;`]),
    ...writer.constantLines(),
    'return (row) => {',
    ...[...loads].map(([name, variable]) => `  const ${variable} = row[${quote(name)}] ?? null;`),
    ...(body === '' ? [] : [body]),
    `  return ${code};`,
    '};',
  ];
  let made: ((row: Row) => T) | undefined;
  return (row) => {
    made ??= new Function('runtime', 'run', lines.join('\n'))(runtime, run) as (row: Row) => T;
    return made(row);
  };
}

function readsAny(tree: Expression): boolean {
  switch (tree.kind) {
    case 'call':
      return ROW_READERS.test(tree.name) || tree.arguments.some(readsAny);
    case 'unary':
      return readsAny(tree.operand);
    case 'binary':
      return readsAny(tree.left) || readsAny(tree.right);
    case 'in':
      return [tree.operand, ...tree.values].some(readsAny);
    default:
      return false;
  }
}

function throwFaults(diagnostics: readonly SpanDiagnostic[]): void {
  const fault = diagnostics.find((diagnostic) => diagnostic.severity === 'error');
  if (fault !== undefined) throw new Error(fault.message);
}
