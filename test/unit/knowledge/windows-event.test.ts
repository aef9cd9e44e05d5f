// KV_MODE = winevent: Windows events as XML in every layout, as classic text, and as JSON.
import { describe, expect, it } from 'vitest';
import { decodeEntities, windowsEventReader } from '../../../src/knowledge/windows-event.js';
import type { FieldValue, Row } from '../../../src/runtime/value.js';
import { createRow } from '../../../src/runtime/value.js';

const read = (text: string, names?: readonly string[]): Record<string, FieldValue> => {
  const row: Row = createRow();
  windowsEventReader(names === undefined ? 'all' : new Set(names))(text, row);
  return { ...row };
};

const system =
  "<System><Provider Name='P' Guid='{1}'/><EventID Qualifiers='0'>7</EventID><Correlation/><Execution ProcessID='1' ThreadID='2'/><Channel>C</Channel><Security/></System>";

describe('windowsEventReader', () => {
  it('reads System, EventData and the parts as a whole', () => {
    const data =
      "<Data Name='A'>1</Data><Data Name='B'></Data><Data Name='A'>2</Data><Data>x</Data><Data Name='C'/>";
    expect(read(`<Event>${system}<EventData>${data}</EventData></Event>`)).toEqual({
      System_Props_Xml: system.slice(8, -9),
      EventData_Xml: data,
      Name: 'P',
      Guid: '{1}',
      Provider_Name: 'P',
      Provider_Guid: '{1}',
      Qualifiers: '0',
      EventID: '7',
      ProcessID: '1',
      ThreadID: '2',
      Channel: 'C',
      A: ['1', '2'],
      Data: 'x',
    });
  });

  it('reads only what is wanted', () => {
    const text = `<Event>${system}<EventData><Data Name='A'>1</Data><Data Name='B'>2</Data></EventData></Event>`;
    expect(read(text, ['B', 'EventID', 'Z'])).toEqual({ B: '2', EventID: '7' });
  });

  it.each<[string, string, Record<string, FieldValue>]>([
    [
      'double quotes and namespace prefixes',
      '<e:Event><EventData><e:Data Name="A">1</e:Data></EventData></e:Event>',
      { A: '1' },
    ],
    [
      'pretty printing',
      "<Event>\n <System>\n  <EventID>4</EventID>\n </System>\n <EventData>\n  <Data Name='A'>1</Data>\n </EventData>\n</Event>",
      { EventID: '4', A: '1' },
    ],
    [
      'names with blanks',
      "<Event><EventData><Data Name='Threat Name'>x</Data></EventData></Event>",
      { Threat_Name: 'x', ThreatName: 'x' },
    ],
    [
      'leaves of UserData',
      "<Event><UserData><X xmlns='y'><SubjectUserName>u</SubjectUserName><n:Param1>p</n:Param1></X></UserData></Event>",
      { SubjectUserName: 'u', Param1: 'p' },
    ],
    [
      'a message of RenderingInfo, and nothing else of it',
      "<Event><RenderingInfo Culture='en'><Message>m</Message><Level>Info</Level></RenderingInfo></Event>",
      { Message: 'm' },
    ],
    [
      'an event that is cut off',
      "<Event><EventData><Data Name='A'>1</Data><Data Name='B'>2",
      { A: '1', B: '2' },
    ],
    ['an event cut off inside a tag', "<Event><EventData><Data Name='A'>1</Data><Data Na", { A: '1' }],
    [
      'markup inside a value',
      "<Event><EventData><Data Name='A'><Task><X>1</X></Task></Data><Data Name='B'>2</Data></EventData></Event>",
      { A: '<Task><X>1</X></Task>', B: '2' },
    ],
    [
      'hostile names',
      "<Event><EventData><Data Name='__proto__'>1</Data><Data Name='constructor'>2</Data></EventData></Event>",
      { proto__: '1', constructor: '2' },
    ],
    [
      'other elements of EventData',
      '<Event><EventData><Binary>00</Binary></EventData></Event>',
      { Binary: '00' },
    ],
    ['JSON', '{"a":{"b":1}}', { 'a.b': '1' }],
    ['nothing', '', {}],
    ['a lone bracket', '<Event <EventData', {}],
  ])('reads %s', (_, text, fields) => {
    const found = Object.fromEntries(Object.entries(read(text)).filter(([name]) => !name.endsWith('_Xml')));
    expect(found).toEqual(fields);
  });

  it('reads a classic event', () => {
    const text = [
      '01/02/2024 03:04:05 AM',
      'LogName=Security',
      'EventCode=4720',
      'ComputerName=dc1.x.y',
      'TaskCategory=User Account Management',
      'Message=A user account was created.',
      '',
      'Subject:',
      '\tSecurity ID:\t\tX\\admin',
      '\tAccount Name:\t\tadmin',
      '\tLogon ID:\t\t0x1',
      '',
      'New Account:',
      '\tAccount Name:\t\tbob',
      '',
      'Attributes:',
      '\tHome Drive:\t\t-',
      '\tDisplay Name:\t\tBob B',
    ].join('\r\n');
    expect(read(text)).toMatchObject({
      LogName: 'Security',
      EventCode: '4720',
      TaskCategory: 'User Account Management',
      Security_ID: 'X\\admin',
      Account_Name: ['admin', 'bob'],
      Subject_Account_Name: 'admin',
      Subject_Logon_ID: '0x1',
      Display_Name: 'Bob B',
      Message: expect.stringMatching(/^A user account was created\.[\s\S]*Bob B$/),
    });
  });

  it('reads a classic event whose lines were joined', () => {
    const text =
      '11/21/2024 06:09:16 PM LogName=A/B EventCode=1024 EventType=4 ComputerName=pc Type=Information TaskCategory=Connection Sequence Message=to (1.2.3.4)';
    expect(read(text)).toEqual({
      LogName: 'A/B',
      EventCode: '1024',
      EventType: '4',
      ComputerName: 'pc',
      Type: 'Information',
      TaskCategory: 'Connection Sequence',
      Message: 'to (1.2.3.4)',
    });
  });

  it('takes linear time', () => {
    const text = `<Event><EventData>${"<Data Name='A'>1</Data>".repeat(50_000)}${'<'.repeat(50_000)}</EventData></Event>`;
    expect((read(text, ['A'])['A'] as string[]).length).toBe(50_000);
  });
});

describe('decodeEntities', () => {
  it.each([
    ['a &lt;b&gt; &amp;amp; &quot;&apos;', 'a <b> &amp; "\''],
    ['&#13;&#10;&#x41;', '\r\nA'],
    ['&nbsp;&#0;&#x110000;', '&nbsp;&#0;&#x110000;'],
    ['one line\n&lt;two&gt;', 'one line\n&lt;two&gt;'],
  ])('%j', (value, expected) => {
    expect(decodeEntities(value)).toBe(expected);
  });
});
