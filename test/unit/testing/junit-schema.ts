// What the two JUnit schemas in use allow, as data: Ant's, which asks for more, and that of Jenkins, which forbids more.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

interface Rule {
  /** Attributes an element must have, with the form of their values. */
  readonly required: Readonly<Record<string, RegExp>>;
  readonly optional: Readonly<Record<string, RegExp>>;
  /** Children in their order: once, at most once, or any number. */
  readonly children: readonly (readonly [name: string, times: 'one' | 'maybe' | 'any'])[];
  /** Whether of the children only one may be there. */
  readonly choice?: boolean;
  readonly text?: boolean;
}

const token = /^\S(?:[^\t\n\r]*\S)?$/;
const count = /^\d+$/;
const seconds = /^\d+\.\d{1,3}$/;
const any = /^/;
const message: Rule = { required: { type: any }, optional: { message: any }, children: [], text: true };
const plainText: Rule = { required: {}, optional: {}, children: [], text: true };

const rules: Readonly<Record<string, Rule>> = {
  testsuites: { required: {}, optional: {}, children: [['testsuite', 'any']] },
  testsuite: {
    required: {
      name: token,
      package: /^/,
      id: count,
      timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
      hostname: token,
      tests: count,
      failures: count,
      errors: count,
      time: seconds,
    },
    optional: { skipped: count },
    children: [
      ['properties', 'one'],
      ['testcase', 'any'],
      ['system-out', 'one'],
      ['system-err', 'one'],
    ],
  },
  properties: { required: {}, optional: {}, children: [['property', 'any']] },
  property: { required: { name: token, value: any }, optional: {}, children: [] },
  testcase: {
    required: { name: token, classname: token, time: seconds },
    optional: {},
    children: [
      ['skipped', 'maybe'],
      ['failure', 'maybe'],
      ['error', 'maybe'],
    ],
    choice: true,
  },
  skipped: { required: {}, optional: { message: any }, children: [] },
  failure: message,
  error: message,
  'system-out': plainText,
  'system-err': plainText,
};

type Node = Readonly<Record<string, unknown>>;

/** Everything about a document that a schema would refuse; empty when it is valid. */
export function schemaFaults(xml: string): string[] {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) return [wellFormed.err.msg];
  const nodes = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    ignoreDeclaration: true,
  }).parse(xml) as Node[];
  return nodes.length === 1 && 'testsuites' in nodes[0]!
    ? faultsOf(nodes[0])
    : ['the root is not testsuites'];
}

function faultsOf(node: Node): string[] {
  const name = Object.keys(node).find((key) => key !== ':@')!;
  const rule = rules[name];
  if (rule === undefined) return [`unknown element ${name}`];
  const faults: string[] = [];
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
  for (const key of Object.keys(rule.required))
    if (!(key in attributes)) faults.push(`${name} has no ${key}`);
  for (const [key, value] of Object.entries(attributes)) {
    const form = rule.required[key] ?? rule.optional[key];
    if (form === undefined) faults.push(`${name} may not have ${key}`);
    else if (!form.test(value)) faults.push(`${name} ${key}="${value}"`);
  }
  const children = node[name] as readonly Node[];
  const names = children.map((child) => Object.keys(child).find((key) => key !== ':@')!);
  if (!rule.text && names.includes('#text')) faults.push(`${name} may hold no text`);
  const order = rule.children.map(([child]) => child);
  const elements = names.filter((child) => child !== '#text');
  if (elements.some((child, index) => order.indexOf(child) < order.indexOf(elements[index - 1] ?? '')))
    faults.push(`children of ${name} are out of order`);
  for (const [child, times] of rule.children) {
    const found = elements.filter((one) => one === child).length;
    if ((times === 'one' && found !== 1) || (times === 'maybe' && found > 1))
      faults.push(`${name} has ${found} ${child}`);
  }
  if (rule.choice && elements.length > 1) faults.push(`${name} has more than one outcome`);
  for (const child of children) if (!('#text' in child)) faults.push(...faultsOf(child));
  return faults;
}
