// The views of macros.conf, transforms.conf and collections.conf.
import { confComment, confStanzaName, confValue } from '../conf/write.js';
import type { Detection, Lookup, Macro } from '../content/model.js';
import { isOlder } from '../output/describe.js';
import { blocksOf, type Fragment, fragmentMark } from '../output/fragments.js';
import { compactDate, fileForm } from '../output/names.js';
import type { AppContext } from './app-context.js';

/** A table that the build itself makes. */
export interface GeneratedLookup {
  readonly name: string;
  readonly description: string;
  readonly caseSensitiveMatch?: boolean;
  readonly csv: string;
}

export const macrosPath = 'default/macros.conf';

/** The whole view; macros are fragments. */
export const macrosView = ({ header }: AppContext, fragments: readonly Fragment[]) => ({
  header,
  macros: fragments.map(() => fragmentMark),
});

/**
 * The stanzas of the repository's macros, then of a filter macro for each detection whose macro nobody wrote.
 */
export function macroFragments(context: AppContext): Fragment[] {
  const { macros, detections } = context.repository;
  const written = new Set(macros.map(({ name }) => name));
  const filtered = detections.filter((detection) => {
    const name = filterMacro(detection);
    return !written.has(name) && written.add(name);
  });
  return [
    ...blocksOf(macros, 48).map((block) => context.fragment(macrosPath, block, 'macros-stanza', macroView)),
    ...blocksOf(filtered, 48).map((block) =>
      context.fragment(macrosPath, block, 'macros-stanza', filterMacroView),
    ),
  ];
}

const macroView = ({ name, arguments: names, isEval, definition, description }: Macro) => ({
  stanza: confStanzaName(names.length > 0 ? `${name}(${names.length})` : name),
  arguments: names.length > 0 ? confValue(names.join(', ')) : null,
  isEval,
  definition: confValue(definition),
  description: confValue(description),
});

/** Called after the detection's file; in 2022, when a file could be called otherwise than its detection, after the detection. */
const filterMacro = ({ dialect, name, stem }: Detection) =>
  `${dialect === '2022' ? fileForm(name) : stem}_filter`;

const filterMacroView = (detection: Detection) => ({
  stanza: confStanzaName(filterMacro(detection)),
  arguments: null,
  isEval: false,
  definition: 'search *',
  description: 'Update this macro to limit the output results to filter out false positives.',
});

/** Name of a lookup's table in the app: current dialects put the date of the content into it. */
export function lookupFile(lookup: Lookup): string | undefined {
  if (lookup.filename === undefined) return undefined;
  const file = lookup.filename.slice(lookup.filename.lastIndexOf('/') + 1);
  const date = lookup.modificationDate;
  return lookup.lookupType !== 'csv' || isOlder(lookup.dialect) || date === undefined
    ? file
    : `${lookup.name}_${compactDate(date)}.csv`;
}

/** Name of a generated table, with the date of the content. */
export const generatedFile = ({ date }: AppContext, name: string): string =>
  `${name}_${compactDate(date)}.csv`;

/** The lookups; machine-learning models have stanzas only in older apps (MLTK finds the files by their names). */
export function transformsView(context: AppContext, generated: readonly GeneratedLookup[]) {
  const { repository, header } = context;
  const lookups = repository.lookups
    .filter((lookup) => lookup.lookupType !== 'mlmodel' || isOlder(lookup.dialect))
    .map(lookupView);
  for (const { name, description, caseSensitiveMatch } of generated)
    lookups.push({
      ...emptyLookup,
      name,
      filename: generatedFile(context, name),
      caseSensitiveMatch: caseSensitiveMatch === undefined ? null : String(caseSensitiveMatch),
      description: confComment(description),
    });
  return { header, lookups };
}

interface LookupView {
  readonly name: string;
  readonly collection: string | null;
  readonly filename: string | null;
  readonly defaultMatch: string | null;
  readonly caseSensitiveMatch: string | null;
  readonly description: string;
  readonly matchType: string | null;
  readonly maxMatches: string | null;
  readonly minMatches: string | null;
  readonly fieldsList: string | null;
}
const emptyLookup: LookupView = {
  name: '',
  collection: null,
  filename: null,
  defaultMatch: null,
  caseSensitiveMatch: null,
  description: '',
  matchType: null,
  maxMatches: null,
  minMatches: null,
  fieldsList: null,
};

function lookupView(lookup: Lookup): LookupView {
  const isStore = lookup.lookupType === 'kvstore';
  return {
    name: confStanzaName(lookup.name),
    collection: isStore ? confStanzaName(lookup.collection ?? lookup.name) : null,
    filename: isStore ? null : confValue(lookupFile(lookup) ?? ''),
    defaultMatch: lookup.defaultMatch === undefined ? null : confValue(lookup.defaultMatch),
    caseSensitiveMatch: lookup.caseSensitiveMatch === undefined ? null : String(lookup.caseSensitiveMatch),
    description: confComment(lookup.description),
    matchType: listText(lookup.matchType),
    maxMatches: lookup.maxMatches === undefined ? null : String(lookup.maxMatches),
    minMatches: lookup.minMatches === undefined ? null : String(lookup.minMatches),
    fieldsList: isStore ? listText(lookup.fields) : null,
  };
}

const listText = (texts: readonly string[]) => (texts.length > 0 ? confValue(texts.join(', ')) : null);

/** The KV store collections, each once. */
export function collectionsView({ repository, header }: AppContext) {
  const names = repository.lookups
    .filter((lookup) => lookup.lookupType === 'kvstore')
    .map((lookup) => confStanzaName(lookup.collection ?? lookup.name));
  return { header, collections: [...new Set(names)] };
}
