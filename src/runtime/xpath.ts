// XPath over XML texts, in the part that the xpath command supports (Search Reference, xpath: that of Python's library).
import { fromValues } from './multivalue.js';
import type { FieldValue } from './value.js';
import { parseXml, type XmlElement } from './xml.js';

type Predicate =
  | { readonly kind: 'position'; readonly fromEnd: boolean; readonly index: number }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly value?: string | number;
      readonly not?: boolean;
    }
  | {
      readonly kind: 'child';
      readonly name: string;
      readonly value?: string | number;
      readonly not?: boolean;
    };

interface ElementStep {
  readonly kind: 'element';
  /** Below at any depth, not only among the children. */
  readonly deep: boolean;
  /** `*` for any, `.` for the element itself, `..` for the one above. */
  readonly name: string;
  readonly predicates: readonly Predicate[];
}
type Step =
  | ElementStep
  | { readonly kind: 'attribute'; readonly deep: boolean; readonly name: string }
  | { readonly kind: 'text'; readonly deep: boolean };

/** A path ready for use. */
export interface XPath {
  readonly absolute: boolean;
  readonly steps: readonly Step[];
}

const stepPattern =
  /(\/\/?)?(?:@(\*|[\w.:-]+)|(text\(\))|(\.\.|\.|\*|(?:\{[^}]*\})?[\p{L}_][\p{L}\p{N}_.:-]*)((?:\[[^\]]*\])*))/uy;
const namePattern = '[\\p{L}_*][\\p{L}\\p{N}_.:-]*';
const predicatePattern = new RegExp(
  `^\\[\\s*(?:(\\d+)|(last\\(\\))(?:\\s*-\\s*(\\d+))?|(@)?(\\.|${namePattern})(?:\\s*(!?=)\\s*(?:"([^"]*)"|'([^']*)'|(-?\\d+(?:\\.\\d+)?)))?)\\s*\\]`,
  'u',
);

/** Reads a path; null when it is none or goes beyond what is supported. */
export function parseXPath(text: string): XPath | null {
  const path = text.trim();
  const steps: Step[] = [];
  let at = 0;
  while (at < path.length) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(path);
    if (match === null || match[0] === '' || (at > 0 && match[1] === undefined)) return null;
    at += match[0].length;
    const deep = match[1] === '//';
    if (match[2] !== undefined) steps.push({ kind: 'attribute', deep, name: match[2] });
    else if (match[3] !== undefined) steps.push({ kind: 'text', deep });
    else {
      const predicates = readPredicates(match[5] ?? '');
      if (predicates === null) return null;
      steps.push({ kind: 'element', deep, name: match[4] ?? '', predicates });
      continue;
    }
    // Attributes and texts have nothing below them.
    if (at < path.length) return null;
  }
  return steps.length === 0 ? null : { absolute: path.startsWith('/'), steps };
}

function readPredicates(text: string): Predicate[] | null {
  const found: Predicate[] = [];
  for (let rest = text; rest !== ''; ) {
    const match = predicatePattern.exec(rest);
    if (match === null) return null;
    rest = rest.slice(match[0].length);
    const [, position, last, before, isAttribute, name = '', relation, double, single, number] = match;
    const value = number === undefined ? (double ?? single) : Number(number);
    if (position !== undefined) found.push({ kind: 'position', fromEnd: false, index: Number(position) - 1 });
    else if (last !== undefined)
      found.push({ kind: 'position', fromEnd: true, index: before === undefined ? 0 : Number(before) });
    else
      found.push({
        kind: isAttribute === undefined ? 'child' : 'attribute',
        name,
        ...(value === undefined ? {} : { value }),
        ...(relation === '!=' ? { not: true } : {}),
      });
  }
  return found;
}

/** An element and where it hangs. */
interface Node {
  readonly element: XmlElement;
  readonly parent: Node | null;
}

/** The texts and attributes that a path finds in an XML text; null when there are none. */
export function xpathValues(text: string, path: XPath): FieldValue {
  // The command finds nothing in a text with a declaration or a document type (Search Reference, xpath).
  if (/^\s*<[?!]/.test(text)) return null;
  // The text stands between <data> and </data>, so that it may have other text and several elements beside each other.
  const data = parseXml(`<data>${text}</data>`);
  if (data === null || data.children.length === 0) return null;
  const document: XmlElement = { ...data, name: '', text: '', inner: '' };
  const top: Node = { element: document, parent: null };
  const [first] = path.steps;
  const isWrapped =
    first?.kind === 'element' &&
    !first.deep &&
    first.name === 'data' &&
    !data.children.some(({ name }) => name === 'data');
  let nodes: readonly Node[] = !path.absolute
    ? data.children.map((element) => ({ element, parent: top }))
    : isWrapped
      ? [{ element: { ...document, children: [data] }, parent: null }]
      : [top];
  for (const step of path.steps) {
    if (step.kind !== 'element') return fromValues(leaves(nodes, step));
    nodes = [
      ...new Map(nodes.flatMap((node) => select(node, step)).map((node) => [node.element, node])).values(),
    ];
  }
  return fromValues(nodes.map((node) => node.element.text));
}

function leaves(nodes: readonly Node[], step: Exclude<Step, ElementStep>): string[] {
  const all = step.deep ? nodes.flatMap((node) => [node, ...below(node)]) : nodes;
  return all.flatMap(({ element }) => {
    if (step.kind === 'text') return element.text === '' ? [] : [element.text];
    if (step.name === '*') return [...element.attributes.values()];
    const value = element.attributes.get(step.name);
    return value === undefined ? [] : [value];
  });
}

function select(node: Node, step: ElementStep): Node[] {
  if (step.name === '.') return step.deep ? below(node) : [node];
  if (step.name === '..') return node.parent === null ? [] : [node.parent];
  // Positions count among the children of one element.
  const parents = step.deep ? [node, ...below(node)] : [node];
  return parents.flatMap((parent) => {
    const named = childrenOf(parent).filter(({ element }) => step.name === '*' || element.name === step.name);
    return step.predicates.reduce(meeting, named);
  });
}

function meeting(nodes: Node[], predicate: Predicate): Node[] {
  if (predicate.kind === 'position') {
    const node = nodes[predicate.fromEnd ? nodes.length - 1 - predicate.index : predicate.index];
    return node === undefined ? [] : [node];
  }
  const { name, value, not = false } = predicate;
  return nodes.filter(({ element }) => {
    if (predicate.kind === 'attribute') {
      const found = element.attributes.get(name);
      return found !== undefined && (value === undefined || equals(found, value) !== not);
    }
    const texts =
      name === '.'
        ? [element.text]
        : element.children.filter((child) => name === '*' || child.name === name).map((child) => child.text);
    return value === undefined ? texts.length > 0 : texts.some((text) => equals(text, value) !== not);
  });
}

/** Texts are compared with a number as numbers (XPath 1.0, "Booleans"). */
function equals(found: string, value: string | number): boolean {
  return typeof value === 'number' ? found.trim() !== '' && Number(found) === value : found === value;
}

const childrenOf = (node: Node): Node[] =>
  node.element.children.map((element) => ({ element, parent: node }));

function below(node: Node): Node[] {
  const found: Node[] = [];
  const open = childrenOf(node).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...childrenOf(next).reverse());
  }
  return found;
}
