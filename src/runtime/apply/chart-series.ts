// Which values of the split field become columns of chart and timechart: the best scored, or those a where picks.

/** How the columns are chosen. */
export interface SeriesChoice {
  /** How many are kept by score; 0 keeps all. */
  readonly limit: number;
  readonly fromBottom: boolean;
  readonly filter?: {
    readonly aggregate: string;
    readonly rank?: { readonly count: number; readonly top: boolean; readonly negated: boolean };
    readonly compare?: { readonly operator: string; readonly value: number };
  };
}

/** What is known of one column: the numbers in its cells, and how many events it holds. */
export interface Series {
  readonly column: string;
  readonly numbers: readonly number[];
  readonly events: number;
}

/**
 * The columns that are shown. With one aggregate a column's score is the sum of its cells, with several how frequent
 * its value is; ties go by text (Search Reference, timechart, "limit").
 */
export function chooseSeries(
  list: readonly Series[],
  choice: SeriesChoice,
  aggregates: number,
): ReadonlySet<string> {
  const { filter } = choice;
  const aggregate = filter?.aggregate ?? (aggregates > 1 ? 'count' : 'sum');
  const scores = list.map((series) => ({ column: series.column, score: scoreOf(series, aggregate) }));
  if (filter?.compare !== undefined) {
    const { operator, value } = filter.compare;
    return new Set(scores.filter((item) => compare(item.score, operator, value)).map((item) => item.column));
  }
  const { count, top, negated } = filter?.rank ?? {
    count: choice.limit === 0 ? scores.length : choice.limit,
    top: !choice.fromBottom,
    negated: false,
  };
  scores.sort((a, b) => (top ? b.score - a.score : a.score - b.score) || (a.column < b.column ? -1 : 1));
  const picked = new Set(scores.slice(0, count).map((item) => item.column));
  return new Set(scores.map((item) => item.column).filter((column) => picked.has(column) !== negated));
}

/** Search Reference, timechart, "Where clause examples": count measures the events of a series, max its highest cell. */
function scoreOf({ numbers, events }: Series, aggregate: string): number {
  if (/^c(?:ount)?\b/.test(aggregate)) return events;
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (aggregate.startsWith('max')) return numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (aggregate.startsWith('min')) return numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (aggregate.startsWith('avg') || aggregate.startsWith('mean'))
    return numbers.length === 0 ? 0 : sum / numbers.length;
  return sum;
}

function compare(score: number, operator: string, value: number): boolean {
  switch (operator) {
    case '<':
      return score < value;
    case '<=':
      return score <= value;
    case '>':
      return score > value;
    case '>=':
      return score >= value;
    case '!=':
      return score !== value;
    default:
      return score === value;
  }
}
