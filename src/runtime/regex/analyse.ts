// Judges a pattern before it runs: whether JavaScript's own engine gives PCRE's result, and how its time can grow.
import { complement, foldRanges, intersects, maxCodePoint, normalize, type Ranges } from './charset.js';
import type { RegexNode, RegexTree, SetNode } from './tree.js';

export interface RegexVerdict {
  /** False when only our own matcher gives PCRE's result, or when time may grow exponentially. */
  readonly native: boolean;
  /** The native matcher's time grows at most as the text's length to this power. */
  readonly degree: number;
  /** Whether a match can only begin at the start of the text (`start`) or of a line (`line`, from a leading `.*`). */
  readonly anchor: 'none' | 'start' | 'line';
}

const everything: Ranges = [0, maxCodePoint];
const nothing: Ranges = [];

/** The characters of a set node, folded when caseless; everything when it uses Unicode properties. */
export function rangesOf(node: SetNode): Ranges {
  if (node.properties.length > 0) return everything;
  const ranges = node.caseless ? foldRanges(node.ranges) : node.ranges;
  return node.negate ? complement(ranges) : ranges;
}

/** What a stretch of the pattern may begin with, and how ambiguous it is. */
interface Part {
  readonly first: Ranges;
  readonly nullable: boolean;
  /** Ambiguous unbounded quantifiers on one path. */
  readonly ambiguous: number;
  readonly unbounded: boolean;
  /** Product of the ways that bounded ambiguous repeats can be split; large values count as exponential. */
  readonly ways: number;
  readonly exponential: boolean;
}

const empty: Part = {
  first: nothing,
  nullable: true,
  ambiguous: 0,
  unbounded: false,
  ways: 1,
  exponential: false,
};
const maxWays = 64;

/** Analyses a tree. */
export function analyse(tree: RegexTree): RegexVerdict {
  const part = analysePart(tree.root, nothing);
  const found = anchorOf(tree.root);
  // a group that is referred to may be shorter when a match begins later
  const anchor = found === 'line' && hasReference(tree.root) ? 'none' : found;
  const inner = Math.max(part.ambiguous, part.unbounded ? 1 : 0);
  const degree = Math.max(1, inner + (anchor === 'none' ? 1 : 0));
  const safe = !part.exponential && part.ways <= maxWays && degree <= 6;
  return { native: safe && !tree.branchReset && sameInJavaScript(tree.root, false), degree, anchor };
}

function analysePart(node: RegexNode, follow: Ranges): Part {
  switch (node.kind) {
    case 'char': {
      const one: Ranges = [node.code, node.code];
      return { ...empty, first: node.caseless ? foldRanges(one) : one, nullable: false };
    }
    case 'set':
      return { ...empty, first: rangesOf(node), nullable: false };
    case 'any':
      return { ...empty, first: node.all ? everything : complement([10, 10]), nullable: false };
    case 'newline':
      return { ...empty, first: [10, 13, 0x85, 0x85, 0x2028, 0x2029], nullable: false };
    case 'sequence':
      return sequencePart(node.items, follow);
    case 'alternation':
      return alternationPart(node.branches, follow);
    case 'capture':
      return analysePart(node.body, follow);
    case 'repeat':
      return repeatPart(node, follow);
    case 'look': {
      const body = analysePart(node.body, nothing);
      return { ...body, first: everything, nullable: true };
    }
    case 'assertion':
      return { ...empty, first: everything };
    case 'atomic':
      return { ...analysePart(node.body, nothing) };
    case 'conditional':
      return alternationPart([node.yes, node.no], follow);
    case 'reference':
      return { ...empty, first: everything, exponential: true };
    case 'keep':
    case 'fail':
      return empty;
  }
}

function sequencePart(items: readonly RegexNode[], follow: Ranges): Part {
  let result: Part = empty;
  let after = follow;
  for (let i = items.length - 1; i >= 0; i--) {
    const part = analysePart(items[i] as RegexNode, after);
    const first = part.nullable ? normalize([...part.first, ...result.first]) : part.first;
    result = {
      first,
      nullable: part.nullable && result.nullable,
      ambiguous: part.ambiguous + result.ambiguous,
      unbounded: part.unbounded || result.unbounded,
      ways: part.ways * result.ways,
      exponential: part.exponential || result.exponential,
    };
    after = part.nullable ? normalize([...part.first, ...after]) : part.first;
  }
  return result;
}

function alternationPart(branches: readonly RegexNode[], follow: Ranges): Part {
  const parts = branches.map((branch) => analysePart(branch, follow));
  return {
    first: normalize(parts.flatMap((part) => [...part.first])),
    nullable: parts.some((part) => part.nullable),
    ambiguous: parts.reduce((most, part) => Math.max(most, part.ambiguous), 0),
    unbounded: parts.some((part) => part.unbounded),
    ways: parts.reduce((most, part) => Math.max(most, part.ways), 1),
    exponential: parts.some((part) => part.exponential),
  };
}

function isSingle(node: RegexNode): boolean {
  if (node.kind === 'capture') return isSingle(node.body);
  return node.kind === 'char' || node.kind === 'set' || node.kind === 'any';
}

function repeatPart(node: Extract<RegexNode, { kind: 'repeat' }>, follow: Ranges): Part {
  const unbounded = node.max === Number.POSITIVE_INFINITY;
  const once = firstOf(node.body);
  const possessive = node.mode === 'possessive';
  const ambiguousEnd = !possessive && node.max !== node.min && intersects(once.first, follow);
  if (isSingle(node.body)) {
    return {
      first: once.first,
      nullable: node.min === 0,
      ambiguous: unbounded && ambiguousEnd ? 1 : 0,
      unbounded,
      ways: !unbounded && ambiguousEnd ? Math.min(node.max - node.min + 1, 1000) : 1,
      exponential: false,
    };
  }
  // what follows one round is another round, or what follows the repeat
  const inner = node.max > 1 ? normalize([...once.first, ...follow]) : follow;
  const body = analysePart(node.body, inner);
  const splitInside = body.ambiguous > 0 || body.ways > 1 || hasOverlap(node.body, inner);
  const wildRounds = node.max > 1 && (splitInside || body.nullable);
  const rounds = unbounded ? 1000 : node.max;
  return {
    first: body.first,
    nullable: node.min === 0 || body.nullable,
    ambiguous: body.ambiguous + (unbounded && ambiguousEnd ? 1 : 0),
    unbounded: unbounded || body.unbounded,
    ways:
      node.max > 1 && splitInside
        ? Math.min(body.ways ** Math.min(rounds, 8), 1e6)
        : body.ways * (!unbounded && ambiguousEnd ? 2 : 1),
    exponential: body.exponential || (wildRounds && rounds > 3),
  };
}

/** Whether some alternation below has branches that can begin alike, so that one round can match in two ways. */
function hasOverlap(node: RegexNode, follow: Ranges): boolean {
  switch (node.kind) {
    case 'alternation': {
      const firsts = node.branches.map((branch) => {
        const { first, nullable } = firstOf(branch);
        return nullable ? normalize([...first, ...follow]) : first;
      });
      if (firsts.length > 300) return true;
      for (let i = 0; i < firsts.length; i++) {
        for (let j = i + 1; j < firsts.length; j++) {
          if (intersects(firsts[i] as Ranges, firsts[j] as Ranges)) return true;
        }
      }
      return node.branches.some((branch) => hasOverlap(branch, follow));
    }
    case 'sequence':
      return node.items.some((item) => hasOverlap(item, everything));
    case 'capture':
    case 'repeat':
    case 'atomic':
      return hasOverlap(node.body, follow);
    default:
      return false;
  }
}

interface First {
  readonly first: Ranges;
  readonly nullable: boolean;
}

const firsts = new WeakMap<RegexNode, First>();

/** What a node may begin with; kept, so that nesting costs nothing twice. */
function firstOf(node: RegexNode): First {
  let found = firsts.get(node);
  if (found === undefined) {
    found = findFirst(node);
    firsts.set(node, found);
  }
  return found;
}

function findFirst(node: RegexNode): First {
  switch (node.kind) {
    case 'sequence': {
      let first: Ranges = nothing;
      for (let i = node.items.length - 1; i >= 0; i--) {
        const item = firstOf(node.items[i] as RegexNode);
        first = item.nullable ? normalize([...item.first, ...first]) : item.first;
      }
      return { first, nullable: isNullable(node) };
    }
    case 'alternation':
      return {
        first: normalize(node.branches.flatMap((branch) => [...firstOf(branch).first])),
        nullable: isNullable(node),
      };
    case 'capture':
    case 'atomic':
      return firstOf(node.body);
    case 'repeat':
      return { first: firstOf(node.body).first, nullable: node.min === 0 || firstOf(node.body).nullable };
    case 'conditional':
      return {
        first: normalize([...firstOf(node.yes).first, ...firstOf(node.no).first]),
        nullable: isNullable(node),
      };
    case 'look':
      return { first: everything, nullable: true };
    default: {
      const { first, nullable } = analysePart(node, nothing);
      return { first, nullable };
    }
  }
}

function anchorOf(node: RegexNode): RegexVerdict['anchor'] {
  switch (node.kind) {
    case 'assertion':
      return node.what === 'start' ? 'start' : 'none';
    case 'sequence':
      for (const [i, item] of node.items.entries()) {
        if (item.kind === 'look' || (item.kind === 'assertion' && item.what !== 'start')) continue;
        const anchor = anchorOf(item);
        // an assertion before .* may hold later in the line where it failed at its start
        return anchor === 'line' && i > 0 ? 'none' : anchor;
      }
      return 'none';
    case 'capture':
      return anchorOf(node.body);
    case 'alternation':
      return node.branches.every((branch) => anchorOf(branch) === 'start') ? 'start' : 'none';
    case 'repeat':
      return node.body.kind === 'any' && node.min === 0 && node.max === Number.POSITIVE_INFINITY
        ? 'line'
        : 'none';
    default:
      return 'none';
  }
}

/**
 * Whether JavaScript gives the same match and captures. It clears the captures of a repeated group in every round,
 * where PCRE keeps the last; the rest has no counterpart or means something else.
 */
function sameInJavaScript(node: RegexNode, repeated: boolean): boolean {
  switch (node.kind) {
    case 'sequence':
      return node.items.every((item) => sameInJavaScript(item, repeated));
    case 'alternation':
      return node.branches.every(
        (branch) => !(repeated && hasCapture(branch)) && sameInJavaScript(branch, repeated),
      );
    case 'capture':
      return sameInJavaScript(node.body, repeated);
    case 'repeat':
      if (node.mode === 'possessive') return false;
      if (repeated && node.min === 0 && hasCapture(node.body)) return false;
      if (node.max > 1 && isNullable(node.body)) return false;
      return sameInJavaScript(node.body, repeated || node.max > 1);
    case 'look':
      return !(repeated && hasCapture(node.body)) && sameInJavaScript(node.body, repeated);
    case 'assertion':
      return node.what !== 'search-start';
    case 'atomic':
    case 'conditional':
    case 'reference':
    case 'keep':
    case 'newline':
      return false;
    default:
      return true;
  }
}

function hasCapture(node: RegexNode): boolean {
  switch (node.kind) {
    case 'capture':
      return true;
    case 'sequence':
      return node.items.some(hasCapture);
    case 'alternation':
      return node.branches.some(hasCapture);
    case 'repeat':
    case 'look':
    case 'atomic':
      return hasCapture(node.body);
    case 'conditional':
      return hasCapture(node.yes) || hasCapture(node.no);
    default:
      return false;
  }
}

function hasReference(node: RegexNode): boolean {
  switch (node.kind) {
    case 'reference':
    case 'conditional':
      return true;
    case 'sequence':
      return node.items.some(hasReference);
    case 'alternation':
      return node.branches.some(hasReference);
    case 'capture':
    case 'repeat':
    case 'look':
    case 'atomic':
      return hasReference(node.body);
    default:
      return false;
  }
}

/** Whether a node can match nothing. */
export function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case 'char':
    case 'set':
    case 'any':
    case 'newline':
    case 'fail':
      return false;
    case 'sequence':
      return node.items.every(isNullable);
    case 'alternation':
      return node.branches.some(isNullable);
    case 'capture':
    case 'atomic':
      return isNullable(node.body);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'conditional':
      return isNullable(node.yes) || isNullable(node.no);
    default:
      return true;
  }
}
