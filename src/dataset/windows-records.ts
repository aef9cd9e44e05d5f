// Tells which tool wrote a record of a Windows event, and reads it.
import { fromGetWinEvent, fromWorkspace, isRenderedEvent, isWorkspaceRow } from './windows-exports.js';
import {
  fromNxlog,
  fromTree,
  fromWinlogbeat,
  isNxlog,
  type Members,
  type WindowsEvent,
} from './windows-shapes.js';

/**
 * Reads a record of Winlogbeat, of NXLog, of a converter of .evtx files, of a Log Analytics workspace or of Get-WinEvent;
 * null when it is none.
 *
 * @see Winlogbeat Reference, "Winlogbeat fields"; NXLog User Guide, "im_msvistalog", Fields; the crate evtx, "evtx_dump"
 */
export function readWindowsEvent(members: Members): WindowsEvent | null {
  if (isNxlog(members)) return fromNxlog(members);
  return (
    fromTree(members) ??
    fromWorkspace(members) ??
    fromGetWinEvent(members) ??
    fromWinlogbeat(members) ??
    fromNxlog(members)
  );
}

/** True when a record shows by itself that it is a Windows event. */
export function isWindowsEvent(members: Members): boolean {
  // Each shape's cheapest mark first: most records are of none.
  if (isNxlog(members)) return true;
  if (members.has('Event') || members.has('System')) return fromTree(members) !== null;
  if (members.has('winlog') || members.has('winlog.event_id')) return fromWinlogbeat(members) !== null;
  if (members.has('event_id') && members.has('log_name') && members.has('computer_name')) return true;
  return isWindowsTable((name) => members.has(name));
}

/** Whether a record with some members may be a Windows event. */
export function mayBeWindowsEvent(has: (member: string) => boolean): boolean {
  if (has('EventID') && has('Channel') && has('Hostname')) return true;
  const single = ['Event', 'System', 'winlog', 'winlog.event_id'];
  return (
    single.some(has) || (has('event_id') && has('log_name') && has('computer_name')) || isWindowsTable(has)
  );
}

/** True when the columns of a table are those of Windows events. */
export function isWindowsTable(has: (column: string) => boolean): boolean {
  return isWorkspaceRow(has) || isRenderedEvent(has);
}
