// The report in SARIF 2.1.0, which code scanning services read.
import type { Diagnostic, Place } from '../diagnostic.js';

/** What a report says about a code: one sentence, and where to read more. */
export interface RuleDescription {
  readonly code: string;
  readonly summary: string;
  readonly docs?: string;
}
export interface SarifOptions {
  readonly version: string;
  readonly rules: readonly RuleDescription[];
}

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Prints a SARIF 2.1.0 log with one run; every code that occurs is listed among the driver's rules. */
export function formatSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const described = new Map(options.rules.map((rule) => [rule.code, rule]));
  const codes = [...new Set(diagnostics.map((diagnostic) => diagnostic.code))].sort();
  const ruleIndex = new Map(codes.map((code, index) => [code, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'detc',
            version: options.version,
            rules: codes.map((code) => {
              const rule = described.get(code);
              return {
                id: code,
                shortDescription: { text: rule?.summary ?? code },
                ...(rule?.docs === undefined ? {} : { help: { text: rule.docs } }),
              };
            }),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => ({
          ruleId: d.code,
          ruleIndex: ruleIndex.get(d.code) ?? 0,
          level: levels[d.severity],
          message: { text: d.help === undefined ? d.message : `${d.message}; ${d.help}` },
          locations: [location(d)],
          ...related(d),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function related(d: Diagnostic): { relatedLocations?: unknown[] } {
  const notes = (d.notes ?? []).filter((note) => note.place !== undefined);
  if (notes.length === 0) return {};
  return {
    relatedLocations: notes.map((note, id) => ({
      id,
      message: { text: note.message },
      ...(note.place === undefined ? {} : location(note.place)),
    })),
  };
}

function location(place: Place): { physicalLocation: unknown } {
  return {
    physicalLocation: {
      artifactLocation: { uri: place.file.split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: place.line,
        startColumn: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
      },
    },
  };
}
