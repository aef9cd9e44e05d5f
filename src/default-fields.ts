// The fields that every event has beside those of its own (Knowledge Manager Manual, "Use default fields").

/** What the index keeps of an event beside its text. */
export const internalFields: readonly string[] =
  '_time _raw _indextime _cd _bkt _serial _si _sourcetype _subsecond _meta _kv _span _confstr'.split(' ');

/** What an event is given where it comes from. */
const metadataFields = 'index host source sourcetype'.split(' ');

/** What is made anew for every result of a search, and so never a field of the data. */
const derivedFields = [
  ...'eventtype tag splunk_server splunk_server_group linecount punct timestartpos timeendpos'.split(' '),
  ...'hour mday minute month second wday year zone'.split(' ').map((part) => `date_${part}`),
];
const derived: ReadonlySet<string> = new Set(derivedFields);

/** Their names, without those that begin with an underscore. */
export const defaultFields: readonly string[] = [...metadataFields, ...derivedFields];
const named: ReadonlySet<string> = new Set(defaultFields);

/** Whether a field is made for every result of a search; `tag::host` is one too. */
export function isDerivedField(name: string): boolean {
  return derived.has(name) || name.startsWith('tag::');
}

/** Whether a field is one that every event has. */
export function isDefaultField(name: string): boolean {
  return name.startsWith('_') || named.has(name) || name.startsWith('tag::');
}
