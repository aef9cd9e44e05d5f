// Which stanza's settings hold, and how apps lie over each other and over the built-in knowledge.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';
import { eventOf, fieldsFrom, fieldsOf, knowledgeOf, writeApp } from './example-app.js';

describe('stanzas', () => {
  it.each<[string, string, Record<string, string>, string]>([
    [
      'source over host over source type over default',
      '[default]\nEVAL-x = "d"\n[st]\nEVAL-x = "t"\n[host::h]\nEVAL-x = "h"\n[source::src]\nEVAL-x = "s"',
      {},
      's',
    ],
    [
      'host over source type, in any case',
      '[st]\nEVAL-x = "t"\n[host::H]\nEVAL-x = "literal"\n[host::h*]\nEVAL-x = "h"',
      {},
      'literal',
    ],
    [
      'a pattern of hosts in any case, unless it says otherwise',
      '[st]\nEVAL-x = "t"\n[host::(?-i)H*]\nEVAL-x = "exact"\n[host::H...]\nEVAL-x = "any"',
      {},
      'any',
    ],
    ['a source in its own case only', '[source::SRC]\nEVAL-x = "no"\n[st]\nEVAL-x = "yes"', {}, 'yes'],
    ['default last', '[default]\nEVAL-x = "d"\n[other]\nEVAL-x = "t"', {}, 'd'],
    [
      'a literal name over a pattern',
      '[source::s*]\nEVAL-x = "pattern"\n[source::src]\nEVAL-x = "literal"',
      {},
      'literal',
    ],
    [
      'priority over literalness',
      '[source::s*]\nEVAL-x = "pattern"\npriority = 101\n[source::src]\nEVAL-x = "literal"',
      {},
      'pattern',
    ],
    [
      'ASCII order between equals',
      '[source::...c]\nEVAL-x = "dots"\n[source::*c]\nEVAL-x = "star"',
      {},
      'star',
    ],
    [
      'dots cross folders and the star does not',
      '[source::/a/*/c]\nEVAL-x = "star"\n[source::/a/...]\nEVAL-x = "dots"',
      { source: '/a/b/d/c' },
      'dots',
    ],
    [
      'a dot stands for itself',
      '[source::a.b*]\nEVAL-x = "yes"\n[default]\nEVAL-x = "no"',
      { source: 'aXb' },
      'no',
    ],
    ['alternatives', '[source::(a|src)...]\nEVAL-x = "yes"', {}, 'yes'],
    ['a pattern of source types', '[(?::){0}s*]\nEVAL-x = "yes"', { sourcetype: 'st:a/b' }, 'yes'],
    ['a source type in another case', '[ST]\nEVAL-x = "yes"', {}, 'yes'],
    ['the exact case before another', '[ST]\nEVAL-x = "no"\n[st]\nEVAL-x = "yes"', {}, 'yes'],
    [
      'a source type in another case before a pattern',
      '[(?::){0}s*]\nEVAL-x = "no"\n[ST]\nEVAL-x = "yes"',
      {},
      'yes',
    ],
    [
      'the higher priority between literals of one kind',
      '[st]\nEVAL-x = "no"\n[ST]\npriority = 101\nEVAL-x = "yes"',
      {},
      'yes',
    ],
    [
      'a priority that does not cross kinds',
      '[st]\npriority = 1000\nEVAL-x = "no"\n[source::s...]\npriority = 0\nEVAL-x = "yes"',
      {},
      'yes',
    ],
    [
      'the star of a source within one folder, Windows folders included',
      '[source::C:\\\\logs\\\\*.log]\nEVAL-x = "no"\n[source::C:\\\\logs\\\\*\\\\*.log]\nEVAL-x = "yes"',
      { source: 'C:\\logs\\deep\\a.log' },
      'yes',
    ],
    ['settings before the first stanza as defaults', 'EVAL-x = "yes"\n[other]\nEVAL-x = "no"', {}, 'yes'],
  ])('%s', (_, props, members, x) => {
    expect(fieldsFrom({ props }, '', members)['x']).toBe(x);
  });

  it('merge setting by setting', () => {
    const props = '[st]\nEVAL-x = "t"\nEVAL-y = "t"\n[source::src]\nEVAL-x = "s"';
    expect(fieldsFrom({ props }, '')).toEqual({ x: 's', y: 't' });
  });

  it('follow rename: the new name shows, and only its settings hold', () => {
    const props = '[st]\nrename = other\nEVAL-x = 1\n[other]\nEVAL-y = 2';
    const row = knowledgeOf({ props }).extractor('all')(eventOf(''));
    expect([row?.['sourcetype'], fieldsOf(row)]).toEqual(['other', { y: 2 }]);
  });
});

describe('index time', () => {
  it('TRANSFORMS writes source, source type, host and index, in order', () => {
    const knowledge = knowledgeOf({
      props: '[st]\nTRANSFORMS-a = s, t, i\n[new]\nEVAL-x = source."/".host."/".index',
      transforms:
        '[s]\nREGEX = from (\\w+)\nDEST_KEY = MetaData:Source\nFORMAT = source::file:$1\n[t]\nSOURCE_KEY = MetaData:Source\nREGEX = ^source::file:\nDEST_KEY = MetaData:Sourcetype\nFORMAT = sourcetype::new\n[i]\nREGEX = from\nDEST_KEY = _MetaData:Index\nFORMAT = other',
    });
    const row = knowledge.extractor('all')(eventOf('from here'));
    expect([row?.['sourcetype'], row?.['x']]).toEqual(['new', 'file:here/h/other']);
  });

  it('leaves out what goes to the null queue', () => {
    const knowledge = knowledgeOf({
      props: '[st]\nTRANSFORMS-a = n',
      transforms: '[n]\nREGEX = debug\nDEST_KEY = queue\nFORMAT = nullQueue',
    });
    expect([...knowledge.rows([eventOf('debug'), eventOf('info')], 'all')].map((r) => r['_raw'])).toEqual([
      'info',
    ]);
  });

  it.each([
    ['s/\\d+/#/g', 'a1b22', 'a#b#'],
    ['s/\\d/#/2', 'a1b22', 'a1b#2'],
    ['s/(a)(b)/\\2\\1/', 'xabab', 'xbaab'],
    ['y/abc/xyz/', 'cab', 'zxy'],
    ['s/a/b/ s/b/c/g', 'aab', 'cac'],
  ])('SEDCMD %s', (command, raw, expected) => {
    const knowledge = knowledgeOf({ props: `[st]\nSEDCMD-a = ${command}` });
    expect(knowledge.extractor('all')(eventOf(raw))?.['_raw']).toBe(expected);
  });

  it('gives settings for reading by key', () => {
    const settings = knowledgeOf({
      props: '[st]\nTIME_FORMAT = %s\n[source::src]\nTZ = UTC',
    }).indexTimeSettings({
      sourcetype: 'st',
      source: 'src',
      host: 'h',
    });
    expect(Object.fromEntries(settings)).toEqual({ TIME_FORMAT: '%s', TZ: 'UTC' });
  });
});

describe('apps', () => {
  const language = knowledgeLanguage();
  const example = join(import.meta.dirname, '../../data/apps/TA-example');
  const sysmon =
    "<Event><System><EventID>1</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>pc1</Computer></System><EventData><Data Name='Image'>C:\\a\\b.exe</Data><Data Name='User'>D\\u</Data></EventData></Event>";
  const event = eventOf(sysmon, { sourcetype: 'XmlWinEventLog', source: 'x' });

  it('lie over the built-in knowledge setting by setting', () => {
    const before = loadKnowledge({ language }).extractor('all')(event);
    const after = loadKnowledge({ language, apps: [example] }).extractor('all')(event);
    expect([before?.['user'], before?.['process_name'], before?.['os']]).toEqual([
      'D\\u',
      'b.exe',
      'Microsoft Windows',
    ]);
    // local/ over default/ over built-in; what the app does not set stays.
    expect([after?.['user'], after?.['process_name'], after?.['os'], after?.['site']]).toEqual([
      'u',
      'b.exe',
      'local',
      'Vienna',
    ]);
    expect(after?.['tag']).toEqual(expect.arrayContaining(['process', 'report', 'workstation']));
  });

  it.each(['Splunk_TA_microsoft_sysmon', 'TA-microsoft-sysmon'])(
    'take the place of a built-in add-on of the same id: %s',
    (id) => {
      const app = writeApp({
        'default/app.conf': `[package]\nid = ${id}`,
        'default/props.conf': '[source::...Sysmon/Operational]\nEVAL-mine = 1',
      });
      const row = loadKnowledge({ language, apps: [app] }).extractor('all')(event);
      expect([row?.['mine'], row?.['parent_process_name'], row?.['process_exec']]).toEqual([
        1,
        undefined,
        undefined,
      ]);
    },
  );

  const props = (text: string) => ({ 'default/props.conf': text });
  const SYSMON = '[source::...WinEventLog:Microsoft-Windows-Sysmon/Operational]';
  it.each<[string, Record<string, string>, string, unknown]>([
    [
      'a class in the same stanza replaces the built-in one',
      props(`${SYSMON}\nEVAL-user = "mine"`),
      'user',
      'mine',
    ],
    [
      'of two source stanzas the first in ASCII order holds',
      props('[source::*WinEventLog:Microsoft-Windows-Sysmon/Operational]\nEVAL-user = "mine"'),
      'user',
      'mine',
    ],
    [
      'or the one of the higher priority',
      props('[source::XmlWinEventLog:...]\npriority = 5\nEVAL-user = "mine"'),
      'user',
      'mine',
    ],
    [
      'a stanza of the source type is weaker than a built-in one of the source',
      props('[XmlWinEventLog]\nEVAL-user = "mine"'),
      'user',
      'D\\u',
    ],
    [
      'but stronger than a built-in pattern of source types',
      props('[XmlWinEventLog]\nEVAL-dest_nt_host = "mine"'),
      'dest_nt_host',
      'mine',
    ],
    ['an empty value switches a built-in setting off', props(`${SYSMON}\nEVAL-os =`), 'os', null],
    [
      'local/ switches off what default/ says',
      { ...props('[XmlWinEventLog]\nEVAL-mine = 1'), 'local/props.conf': '[XmlWinEventLog]\nEVAL-mine =' },
      'mine',
      null,
    ],
    [
      'an event type and a tag lie over built-in ones of their name',
      {
        'default/eventtypes.conf': '[sysmon_process]\nsearch = EventCode=99',
        'default/tags.conf': '[eventtype=wineventlog_windows]\nos = disabled\nmine = enabled',
      },
      'tag',
      ['allowed', 'mine', 'windows'],
    ],
    [
      'a lookup takes the place of a built-in one',
      {
        'default/transforms.conf': '[sysmon_events_lookup]\nfilename = mine.csv',
        'lookups/mine.csv': 'EventCode,description\n1,made here\n',
      },
      'signature',
      'made here',
    ],
  ])('%s', (_, files, field, expected) => {
    const knowledge = loadKnowledge({ language, apps: [writeApp(files)] });
    expect(knowledge.extractor('all')(event)?.[field] ?? null).toEqual(expected);
    expect(knowledge.diagnostics).toEqual([]);
  });

  it('rename makes a source type of the app one that is built in', () => {
    const app = writeApp({
      'default/props.conf': '[acme:sysmon]\nrename = XmlWinEventLog\nEVAL-user = "no"',
    });
    const row = loadKnowledge({ language, apps: [app] }).extractor('all')(
      eventOf(sysmon, { sourcetype: 'acme:sysmon', source: 'x' }),
    );
    expect([row?.['sourcetype'], row?.['EventCode'], row?.['user']]).toEqual(['XmlWinEventLog', '1', 'D\\u']);
  });

  it('later ones lie over earlier ones', () => {
    const one = writeApp({ 'default/props.conf': '[st]\nEVAL-x = 1\nEVAL-y = 1' });
    const two = writeApp({ 'default/props.conf': '[st]\nEVAL-x = 2' });
    expect(
      fieldsOf(loadKnowledge({ language, apps: [one, two], builtIn: false }).extractor('all')(eventOf(''))),
    ).toEqual({ x: 2, y: 1 });
  });

  it('report settings that cannot be read, with their place, and leave only them out', () => {
    const knowledge = knowledgeOf({
      props: '[st]\nEVAL-x = 1 +\nEVAL-y = 2\nEXTRACT-a = (\nbad line',
      eventtypes: '[e]\nsearch = (a=1',
    });
    expect(fieldsOf(knowledge.extractor('all')(eventOf('')))).toEqual({ y: 2 });
    expect(knowledge.diagnostics.map((d) => [d.code, d.line])).toEqual(
      expect.arrayContaining([
        ['knowledge-setting', 2],
        ['knowledge-setting', 4],
        ['conf-syntax', 5],
        ['knowledge-setting', 2],
      ]),
    );
  });
});
