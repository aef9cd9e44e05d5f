// Random edits of a repository: files changed, broken, copied, moved, removed, and put back.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';

/** The repository that edits start from. */
export const source = join(import.meta.dirname, '../../data/repository');

const settings = [
  'rules:\n  non-ascii: warn\n  fixed-score: error\n',
  'rules:\n  hardcoded-index: warn\n',
  'extends: escu\n',
  'external:\n  macros: [somewhere, ctime(1)]\n  lookups: [known_tools]\n',
  'overrides:\n  - files: [detections/**]\n    rules: {output-field: off, drilldown-count: error}\n',
  'rules: [broken\n',
  'app:\n  label: A label that is so long that names of stanzas become too long with it, whatever they are\n',
];

/** What may become of the text of a file. */
const edits: readonly ((text: string, at: number) => string)[] = [
  (text) => `${text}# a comment\n`,
  (text) => `# a comment above\n${text}`,
  (text) => `${text}"broken: [\n`,
  (text, at) => text.slice(0, at % text.length) + text.slice((at % text.length) + 1),
  (text, at) => {
    const lines = text.split('\n');
    lines.splice(at % lines.length, 1);
    return lines.join('\n');
  },
  (text) => text.replace(/^name: (.*)$/m, 'name: $1 again'),
  (text) => text.replace(/^id: ./m, 'id: f'),
  (text) => text.replace(/^definition: (.*)$/m, 'definition: $1 other=1'),
  (text) => text.replace(/^definition: (.*)$/m, "definition: 'eval x=lenn(y)'"),
  (text) => text.replace(/^definition: (.*)$/m, "definition: '| stats count by other'"),
  // Macros of other shapes: a part of a search, an expression, one that calls another, other arguments, none that can be read.
  (text) => text.replace(/^definition: (.*)$/m, 'definition: index=main user=$user$'),
  (text) => text.replace(/^definition: (.*)$/m, 'definition: \'if(a > 1, "%Y", b)\''),
  (text) => text.replace(/^definition: (.*)$/m, "definition: '`ctime(_time)` | eval made=1'"),
  (text) => text.replace(/^definition: (.*)$/m, 'definition: "convert timeformat=\\"%d\\" ctime($field$)"'),
  (text) => text.replace(/^arguments:\n(?:\s*- .*\n)+/m, 'arguments: [field, other]\n'),
  (text) => text.replace(/^definition: (.*)$/m, 'definition: [broken]'),
  (text, at) => {
    const lines = text.split('\n');
    lines.splice(at % lines.length, 0, '# detc-ignore output-field, syntax, nonesuch');
    return lines.join('\n');
  },
  (text) => text.replace(/^description: /m, 'description: Say, '),
  (text) => text.replace('| ', '| stats count by nothing | '),
  (text) => text.replace(/`(\w+)/, '`$1x'),
  (text) => text.replace(/^type: .*$/m, 'type: Hunting'),
  (text) => text.replace(/enabled: (?:true|false)/, 'enabled: false'),
  (text) => text.replace(/^([\w ]+),/, '$1s,'),
];

const files = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

/** One edit. */
export type Step = readonly [what: number, which: number, at: number];

/** Changes something in the repository. */
export function apply(root: string, [what, which, at]: Step): void {
  const all = files(root);
  const file = all[which % all.length];
  if (file === undefined) return;
  const path = join(root, file);
  const write = (to: string, text: string): void => {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  };
  switch (what % 10) {
    case 0:
      return rmSync(path);
    case 1:
      return renameSync(path, path.replace(/(\.\w+)$/, '_moved$1'));
    case 2:
      return write(path.replace(/(\.\w+)$/, '_copy$1'), readFileSync(path, 'utf8'));
    case 3:
      return write(join(root, 'detc.yml'), settings[at % settings.length]!);
    case 4:
      // As it was.
      return existsSync(join(source, file)) ? cpSync(join(source, file), path) : rmSync(path);
    default: {
      const text = readFileSync(path, 'utf8');
      if (text !== '') write(path, edits[at % edits.length]!(text, at));
    }
  }
}

/** Edits one after the other. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.nat({ max: 5000 })),
  { minLength: 5, maxLength: 25 },
);
