// Grouping texts by similarity, for the cluster function and the cluster command.

export const clusterMatches: readonly string[] = ['termlist', 'termset', 'ngramset'];

export interface ClusterOptions {
  /** Above 0 and below 1: how similar texts of one group are. */
  readonly threshold: number;
  /** Terms in their order, terms in any order, or groups of three characters. */
  readonly match: 'termlist' | 'termset' | 'ngramset';
  /** Characters between terms; default: everything but letters, digits and underscores. */
  readonly delimiters?: string;
}

const mostClusters = 10_000;

/** The groups found so far. Texts are compared with the first text of each group. */
export class Clusters {
  private readonly options: ClusterOptions;
  private readonly first: { list: readonly string[]; set: ReadonlySet<string> }[] = [];
  private readonly known = new Map<string, number>();

  constructor(options: ClusterOptions) {
    this.options = options;
  }

  /** The number of a text's group, from 1. */
  label(text: string): number {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const list = this.terms(text);
    const set = new Set(list);
    let label =
      this.first.findIndex((other) => this.similarity(list, set, other) >= this.options.threshold) + 1;
    if (label === 0) {
      if (this.first.length < mostClusters) this.first.push({ list, set });
      label = this.first.length;
    }
    if (this.known.size < 100_000) this.known.set(text, label);
    return label;
  }

  private terms(text: string): string[] {
    if (this.options.match === 'ngramset') {
      const out: string[] = [];
      for (let i = 0; i + 3 <= text.length; i++) out.push(text.slice(i, i + 3));
      return out.length > 0 ? out : [text];
    }
    const { delimiters } = this.options;
    if (delimiters === undefined) return text.split(/\W+/).filter((term) => term !== '');
    const out: string[] = [];
    let term = '';
    for (const c of text) {
      if (!delimiters.includes(c)) term += c;
      else if (term !== '') {
        out.push(term);
        term = '';
      }
    }
    if (term !== '') out.push(term);
    return out;
  }

  private similarity(
    list: readonly string[],
    set: ReadonlySet<string>,
    other: { list: readonly string[]; set: ReadonlySet<string> },
  ): number {
    if (this.options.match === 'termlist') {
      const longest = Math.max(list.length, other.list.length);
      let same = 0;
      for (let i = 0; i < list.length; i++) if (list[i] === other.list[i]) same++;
      return longest === 0 ? 1 : same / longest;
    }
    let shared = 0;
    for (const term of set) if (other.set.has(term)) shared++;
    const union = set.size + other.set.size - shared;
    return union === 0 ? 1 : shared / union;
  }
}
