// A lookup says in one way where its rows are.
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const lookupSource = defineRule({
  code: 'lookup-source',
  severity: 'error',
  summary: 'A lookup has either a file or a collection; a kvstore lookup lists its fields, _key first.',
  source: 'contentctl 5.6: fields of a kvstore start with _key; 4.x: exactly one of filename and collection',
  docs: 'A lookup with both is read from one and written to the other.',
  examples: {
    pass: [{ title: 'a table and a collection', files: {} }],
    fail: [
      {
        title: 'both',
        files: { 'lookups/seen_countries.yml': edit('collection:', 'filename: old_table.csv\ncollection:') },
        found: ['lookups/seen_countries.yml:4:1: give either filename or collection, found both'],
      },
      {
        title: 'neither',
        files: { 'lookups/seen_countries.yml': edit('collection: seen_countries\n', '') },
        found: [
          'lookups/seen_countries.yml:1:7: lookup "seen_countries" has no lookup_type, filename or collection',
        ],
      },
      {
        title: 'a kvstore without _key',
        files: {
          'lookups/seen_countries.yml': edit(
            'collection: seen_countries\nfields_list: _key, user, Country',
            'lookup_type: kvstore\nfields: [user, _key]',
          ),
        },
        found: [
          'lookups/seen_countries.yml:4:10: fields of a kvstore lookup begin with "_key", found "user"',
        ],
      },
    ],
  },
  content(object, report, { raw, isFaulty }) {
    if (object.kind !== 'lookup') return;
    const { at } = object;
    const keys = raw(object);
    const has = (key: string): boolean => Object.hasOwn(keys, key);
    if (has('filename') && has('collection'))
      report(at.key(['collection']), 'give either filename or collection, found both');
    else if (!has('lookup_type') && !has('filename') && !has('collection') && !isFaulty(object.file)) {
      report(at.value(['name']), `lookup "${object.name}" has no lookup_type, filename or collection`);
    }
    // Older dialects list the fields that the search uses, with or without the key.
    if (object.lookupType !== 'kvstore' || !has('lookup_type')) return;
    const [first] = object.fields;
    // An item that is no text is told by the schema.
    const listed = keys['fields'];
    if (first === '_key' || (Array.isArray(listed) && typeof listed[0] !== 'string')) return;
    if (first !== undefined) {
      report(at.value(['fields', 0]), `fields of a kvstore lookup begin with "_key", found "${first}"`);
    } else if (!has('fields') && !has('fields_list') && !isFaulty(object.file)) {
      report(at.value(['name']), `kvstore lookup "${object.name}" lists no fields`);
    }
  },
});
