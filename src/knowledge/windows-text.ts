// The classic text of a Windows event: `key=value` lines, then a message of indented `Name: value` lines.

import { addValue, cleanKey } from '../runtime/extracted.js';
import type { Row } from '../runtime/value.js';
import { isPresent, type Wanted, wants } from './step.js';

/** The keys Splunk's Windows input writes, for events whose lines a tool has joined with blanks. */
const KEYS =
  'LogName|EventCode|EventType|ComputerName|User|Sid|SidType|SourceName|Type|RecordNumber|Category|CategoryString|' +
  'Keywords|TaskCategory|OpCode|Message';

const HEADER_LINE = /^([A-Za-z]\w*)=(.*)$/;
const JOINED_KEY = new RegExp(`(?:^|\\s)(${KEYS})=`, 'g');

/** Sections of a message whose name stands before the names below it as well: Subject_Account_Name. */
const NAMED_SECTION = /^(Subject|Target)\b/;

/** Whether a text is a classic Windows event: it has the keys that every one has. */
export function isWindowsText(text: string): boolean {
  const at = text.indexOf('LogName=');
  return at !== -1 && at < 200 && text.includes('EventCode=');
}

/**
 * Reads a classic event into a row: every header key under its own name; of the message every `Name:` with a value,
 * repeated names as a multivalue, and those of the sections Subject and Target also with the section before them. A
 * value of `-` is kept: searches count on the second Account_Name being the target's.
 */
export function readWindowsText(text: string, row: Row, wanted: Wanted): void {
  const messageAt = /(?:^|\s)Message=/.exec(text);
  const header = messageAt === null ? text : text.slice(0, messageAt.index);
  const add = (name: string, value: string): void => {
    const field = cleanKey(name);
    const found = value.trim();
    if (field === '' || found === '' || !wants(wanted, field)) return;
    if (isPresent(row[field])) addValue(row, field, found);
    else row[field] = found;
  };
  if (header.includes('\n')) {
    for (const line of header.split(/\r?\n/)) {
      const pair = HEADER_LINE.exec(line.trimEnd());
      if (pair !== null) add(pair[1] as string, pair[2] as string);
    }
  } else readJoined(header, add);
  if (messageAt === null) return;
  const message = text.slice(messageAt.index + messageAt[0].length).trim();
  add('Message', message);
  readMessage(message, add);
}

function readJoined(header: string, add: (name: string, value: string) => void): void {
  const keys = [...header.matchAll(JOINED_KEY)];
  keys.forEach((key, i) => {
    add(key[1] as string, header.slice(key.index + key[0].length, keys[i + 1]?.index ?? header.length));
  });
}

function readMessage(message: string, add: (name: string, value: string) => void): void {
  let section = '';
  let open = '';
  for (const line of message.split(/\r?\n/)) {
    const pair = /^(\s*)([A-Za-z][^:\t]{0,60}):(.*)$/.exec(line);
    if (pair === null) {
      // A list goes on with deeper lines of its own: privileges, attributes.
      if (open !== '' && /^\s{2,}\S/.test(line)) add(open, line);
      else open = '';
      continue;
    }
    const [, indent = '', name = '', value = ''] = pair;
    if (indent === '' && value.trim() === '') {
      section = NAMED_SECTION.exec(name)?.[1] ?? '';
      open = '';
      continue;
    }
    add(name, value);
    if (section !== '' && indent !== '') add(`${section}_${name}`, value);
    if (indent === '') section = '';
    open = value.trim() === '' ? '' : name;
  }
}
