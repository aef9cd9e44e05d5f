// What is known of the fields at one point of a search, without running it.

/**
 * The fields that rows may have. `closed`: only those in `known` (a transforming command made them); open: any other
 * name too, except those in `removed`. `patterns` are names with wildcards that may match more (`values(*)`).
 */
export interface FieldSet {
  readonly closed: boolean;
  readonly known: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly patterns: readonly string[];
}
