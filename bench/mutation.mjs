// Breaks every bundled detection on purpose, one small change at a time, and counts how many of them its tests catch.
// Run `npm run build` first. `node bench/mutation.mjs [filter…]` prints every change that no test noticed.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = 0.9;

/** What says nothing about the detection itself: formatting, acceleration, and the site's own filter. */
const indifferent = /^(?:security_content_|drop_dm_object_name|.*_filter$)/;

/** Clauses without which a search finds the same, whatever the data, and why; they say what is meant, or make it fast. */
const implied = [
  ['AWS Access Key Created For Another User', 'isnotnull(target_user)', 'a comparison with null is not true'],
  ['O365 Mailbox Rule Forwards Outside', 'isnotnull(target)', 'NOT of null is null, which is not true'],
  ['Linux SSH Password Guessed', 'password', 'the pattern of rex holds the word between blanks'],
  ['Firewall Lets Command Channel Pass', '"spyware"', 'kind is a word of the event, between commas'],
];
const whyImplied = ({ detection, what, dropped }) =>
  what === 'drop' &&
  implied.find(([name, clause]) => name === detection && dropped.replace('AND', '').trim() === clause)?.[2];

const isField = (node) =>
  typeof node.name === 'string' && typeof node.quoted === 'boolean' && node.kind === undefined;
const isCondition = (node) =>
  ['comparison', 'in', 'term', 'not', 'macro'].includes(node.kind) && !indifferent.test(node.name ?? '');

/**
 * Every change of one node of a tree, as `{ what, apply }`; `apply` changes the tree and returns what undoes it.
 */
function* changes(holder, key, place) {
  const node = holder[key];
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const index of node.keys()) yield* changes(node, index, { ...place, key });
    return;
  }
  const put = (what, value) => ({
    what,
    apply() {
      holder[key] = value;
      return () => {
        holder[key] = node;
      };
    },
  });
  const set = (what, name, value) => put(what, { ...node, [name]: value });
  const { span } = node;
  const inner = { ...place };
  if (node.kind === 'pipeline') {
    yield* changes(node, 'commands', {});
    return;
  }
  if (node.kind === 'command') {
    if (node.macro && indifferent.test(node.macro.name)) return;
    yield* changes(node, 'arguments', { command: node.name });
    return;
  }
  const clause = place.condition ?? false;
  if (clause && (isCondition(node) || isClause(node, place))) {
    yield put('negate', negated(node, place));
    const siblings = Array.isArray(holder) ? holder.length : 0;
    if (siblings > 1)
      yield {
        what: 'drop',
        apply() {
          holder.splice(key, 1);
          return () => holder.splice(key, 0, node);
        },
      };
  }
  if (node.kind === 'binary' && (node.operator === 'AND' || node.operator === 'OR')) {
    yield put('drop', node.left);
    yield put('drop', node.right);
  }
  if (isField(node) && place.key !== 'as' && place.key !== 'output' && place.command !== 'table')
    yield set('rename', 'name', `${node.name}_renamed`);
  if (node.kind === 'field') yield set('rename', 'name', `${node.name}_renamed`);
  if (place.key === 'value' && typeof node.text === 'string' && node.kind === undefined)
    yield set('value', 'text', changedText(node.text));
  if (node.kind === 'in' && node.field !== undefined)
    yield set(
      'value',
      'values',
      node.values.map((value) => ({ ...value, text: changedText(value.text) })),
    );
  if (node.kind === 'number')
    yield put('value', { ...node, value: node.value + 1, text: String(node.value + 1) });
  if (node.kind === 'string' && place.command === 'where')
    yield set('value', 'value', changedText(node.value));
  inner.condition =
    (place.command === 'where' && (place.key === undefined || clause || node.kind === 'binary')) ||
    ['and', 'or'].includes(node.kind) ||
    (['search', 'tstats'].includes(place.command) && node.kind === undefined);
  inner.condition &&= !['comparison', 'in', 'call', 'term', 'not'].includes(node.kind);
  for (const name of Object.keys(node)) {
    if (name === 'span' || name === 'values' || name.endsWith('Span')) continue;
    yield* changes(node, name, { ...inner, key: name });
  }
  void span;
}

const isClause = (node, place) =>
  place.command === 'where' &&
  (['call', 'in'].includes(node.kind) ||
    (node.kind === 'unary' && node.operator === 'NOT') ||
    (node.kind === 'binary' && !['+', '-', '*', '/', '%', '.', 'AND', 'OR'].includes(node.operator)));

function negated(node, place) {
  if (node.kind === 'not') return node.operand;
  if (place.command === 'where')
    return node.kind === 'unary' && node.operator === 'NOT'
      ? node.operand
      : { kind: 'unary', operator: 'NOT', operand: node, span: node.span };
  return { kind: 'not', operand: node, span: node.span };
}

/** Another value of the same kind: a number goes up by one, a text gets another ending. */
function changedText(text) {
  if (/^\d+$/.test(text)) return String(Number(text) + 1);
  return /[*\\]$/.test(text) ? `${text.slice(0, -1)}qq${text.slice(-1)}` : `${text}qq`;
}

/** Runs all mutations; returns `{ caught, total, survivors, same }`, `same` being what changes nothing and is not counted. */
export async function run(filters = []) {
  const { loadRepository } = await import('../dist/js/content/load.js');
  const { runTests } = await import('../dist/js/testing/run-tests.js');
  const { selectDetections } = await import('../dist/js/testing/select.js');
  const { openWorkspace } = await import('../dist/js/workspace.js');
  const { printSearch } = await import('../dist/js/syntax/printer.js');
  const { content } = loadRepository(root);
  const workspace = openWorkspace({
    root,
    macros: content.macros,
    lookups: content.lookups,
    stems: content.detections.map((d) => d.stem),
  });
  const options = { jobs: 0, cache: false, offline: true, kept: {} };
  const caught = new Map();
  const survivors = [];
  const same = [];
  let total = 0;
  for (const detection of selectDetections(content, filters)) {
    const { tree } = workspace.analyse(detection.search);
    const asPrinted = printSearch(tree);
    const seen = new Set([asPrinted]);
    const sound = await runTests(content, [{ ...detection, search: asPrinted }], options);
    if (sound.summary.passed !== sound.tests.length)
      throw new Error(`${detection.name} does not pass unchanged`);
    for (const { what, apply } of changes({ tree }, 'tree', {})) {
      const undo = apply();
      const search = printSearch(tree);
      undo();
      if (seen.has(search)) continue;
      seen.add(search);
      total++;
      const { summary, tests } = await runTests(content, [{ ...detection, search }], options);
      if (summary.failed + summary.errors > 0 || summary.passed < tests.length)
        caught.set(what, (caught.get(what) ?? 0) + 1);
      else {
        const survivor = { detection: detection.name, what, dropped: dropped(asPrinted, search) };
        if (whyImplied(survivor)) {
          same.push({ ...survivor, why: whyImplied(survivor) });
          total--;
        } else survivors.push({ ...survivor, difference: difference(asPrinted, search) });
      }
    }
  }
  return { total, caught, survivors, same };
}

/** What a shorter text lacks. */
function dropped(before, after) {
  let start = 0;
  while (start < after.length && before[start] === after[start]) start++;
  return before.slice(start, start + before.length - after.length);
}

/** The part of a changed text that is not as before, with a little of what stands around it. */
function difference(before, after) {
  let start = 0;
  while (start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < after.length - start &&
    end < before.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end++;
  const from = Math.max(0, start - 30);
  return `${before.slice(from, before.length - end + 10)}  =>  ${after.slice(from, after.length - end + 10)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  const { total, caught, survivors, same } = await run(process.argv.slice(2));
  for (const { detection, what, difference: text } of survivors)
    console.log(`survived  ${detection}  ${what}  ${text}`);
  for (const { detection, dropped: text, why } of same)
    console.log(`changes nothing  ${detection}  without ${text.trim()}: ${why}`);
  const kept = total - survivors.length;
  console.log(
    `mutations: ${total}, caught ${kept} (${((100 * kept) / total).toFixed(1)} %, at least ${wanted * 100} %)`,
  );
  for (const [what, count] of caught)
    console.log(
      `  ${what.padEnd(8)} ${count} of ${count + survivors.filter((one) => one.what === what).length}`,
    );
  console.log(`  in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (kept / total < wanted) process.exitCode = 1;
}
