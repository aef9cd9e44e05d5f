// The list of all SPL commands; one line a command.
import { bin } from './bin.js';
import type { CommandDefinition } from './command.js';
import { convert } from './convert.js';
import { dedup } from './dedup.js';
import { evalCommand } from './eval.js';
import { eventstats } from './eventstats.js';
import { fieldsCommand } from './fields.js';
import { fillnull } from './fillnull.js';
import { head } from './head.js';
import { joinCommand } from './join.js';
import { lookup } from './lookup.js';
import { rename } from './rename.js';
import { rex } from './rex.js';
import { searchCommand } from './search.js';
import { sortCommand } from './sort.js';
import { stats } from './stats.js';
import { table } from './table.js';
import { tstats } from './tstats.js';
import { where } from './where.js';

/** Every command that is known, supported or not. */
export const commands: readonly CommandDefinition<unknown>[] = [
  bin,
  convert,
  dedup,
  evalCommand,
  eventstats,
  fieldsCommand,
  fillnull,
  head,
  joinCommand,
  lookup,
  rename,
  rex,
  searchCommand,
  sortCommand,
  stats,
  table,
  tstats,
  where,
];
