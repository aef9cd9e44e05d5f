// Which severity a rule has for a file: its own, changed by presets, by detc.yml and by comments in the file.
import type { LoadedContent } from '../content/load.js';
import type { Settings, Severity3 } from '../content/model.js';
import { isRaw, mapping, optionalText, type Raw } from '../content/read/fields.js';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { matchesGlob } from '../glob.js';
import { presets } from './presets.js';

/** Codes of faults that no rule reports: of files, YAML, schema and the SPL parser. */
export const builtInCodes = [
  'file',
  'yaml',
  'schema',
  'syntax',
  'unknown-command',
  'unknown-function',
  'unknown-macro',
  'argument-count',
  'argument-type',
  'invalid-regex',
  'recursive-macro',
  'unsupported',
  'ignore-comment',
] as const;

const severities: Readonly<Record<Severity3, Severity | 'off'>> = {
  error: 'error',
  warn: 'warning',
  off: 'off',
};

/** Answers what the settings say of a code in a file; undefined when they say nothing. */
export class SeveritySettings {
  readonly #base = new Map<string, Severity | 'off'>();
  readonly #overrides: Settings['overrides'];

  constructor(settings: Settings) {
    for (const name of settings.extends) this.#add(presets.get(name) ?? {});
    this.#add(settings.rules);
    this.#overrides = settings.overrides;
  }

  #add(rules: Readonly<Record<string, Severity3>>): void {
    for (const [code, severity] of Object.entries(rules)) this.#base.set(code, severities[severity]);
  }

  /** Whether a code may be reported for some file although its own severity is `off`. */
  mentions(code: string): boolean {
    return this.#base.has(code) || this.#overrides.some((override) => Object.hasOwn(override.rules, code));
  }

  /** The severity that the settings give a code in a file; the last override that fits counts. */
  of(code: string, file: string): Severity | 'off' | undefined {
    for (const { files, rules } of this.#overrides.toReversed()) {
      const severity = Object.hasOwn(rules, code) ? rules[code] : undefined;
      if (severity !== undefined && files.some((glob) => matchesGlob(file, glob)))
        return severities[severity];
    }
    return this.#base.get(code);
  }
}

/** Reports codes in detc.yml that no rule has, and apps that are another in each file of settings. */
export function checkSettings(loaded: LoadedContent, codes: readonly string[]): Diagnostic[] {
  return [...unknownCodes(loaded, codes), ...twoApps(loaded)];
}

const rawOf = (value: unknown): Raw => (isRaw(value) ? value : {});

/** What build.yml and contentctl.yml both say: two tools read them, which would build different apps. */
function twoApps({ documents, diagnostics }: LoadedContent): Diagnostic[] {
  const [build, contentctl] = [documents.get('build.yml'), documents.get('contentctl.yml')];
  if (build === undefined || contentctl === undefined) return [];
  const isFaulty = (file: string): boolean => file === 'build.yml' || file === 'contentctl.yml';
  if (diagnostics.some(({ file, severity }) => severity === 'error' && isFaulty(file))) return [];
  const found: Diagnostic[] = [];
  for (const [key, same] of [
    ['id', 'appid'],
    ['app_version', 'version'],
  ] as const) {
    const here = optionalText(rawOf(build.value), key);
    const there = optionalText(mapping(rawOf(contentctl.value), 'app'), same);
    if (here === undefined || there === undefined || here === there) continue;
    found.push({
      ...contentctl.valuePlace(['app', same]),
      severity: 'warning',
      code: 'schema',
      message: `app.${same} "${there}" is another than ${key} "${here}" of build.yml, which counts`,
    });
  }
  return found;
}

function unknownCodes(loaded: LoadedContent, codes: readonly string[]): Diagnostic[] {
  const document = loaded.documents.get('detc.yml');
  if (document === undefined) return [];
  const known = new Set(codes);
  const found: Diagnostic[] = [];
  const check = (rules: Readonly<Record<string, Severity3>>, path: readonly (string | number)[]): void => {
    for (const code of Object.keys(rules)) {
      if (known.has(code)) continue;
      const help = didYouMean(code, codes);
      found.push({
        ...document.keyPlace([...path, code]),
        severity: 'error',
        code: 'schema',
        message: `unknown rule "${code}"`,
        ...(help === undefined ? {} : { help }),
      });
    }
  };
  const { rules, overrides } = loaded.content.settings;
  check(rules, ['rules']);
  for (const [index, override] of overrides.entries()) check(override.rules, ['overrides', index, 'rules']);
  return found;
}
