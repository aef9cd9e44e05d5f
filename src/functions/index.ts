// The list of eval functions.
import { caseFunction } from './case.js';
import { cidrmatch } from './cidrmatch.js';
import { coalesce } from './coalesce.js';
import { falseFunction } from './false.js';
import type { FunctionDefinition } from './function.js';
import { ifFunction } from './if.js';
import { inFunction } from './in.js';
import { isarray } from './isarray.js';
import { isbool } from './isbool.js';
import { isdouble } from './isdouble.js';
import { isint } from './isint.js';
import { ismv } from './ismv.js';
import { isnotnull } from './isnotnull.js';
import { isnull } from './isnull.js';
import { isnum } from './isnum.js';
import { isobject } from './isobject.js';
import { isstr } from './isstr.js';
import { len } from './len.js';
import { like } from './like.js';
import { lookup } from './lookup.js';
import { lower } from './lower.js';
import { ltrim } from './ltrim.js';
import { match } from './match.js';
import { mvappend } from './mvappend.js';
import { mvcount } from './mvcount.js';
import { mvdedup } from './mvdedup.js';
import { mvfilter } from './mvfilter.js';
import { mvfind } from './mvfind.js';
import { mvindex } from './mvindex.js';
import { mvjoin } from './mvjoin.js';
import { mvmap } from './mvmap.js';
import { mvrange } from './mvrange.js';
import { mvreverse } from './mvreverse.js';
import { mvsort } from './mvsort.js';
import { mvzip } from './mvzip.js';
import { now } from './now.js';
import { nullFunction } from './null.js';
import { nullif } from './nullif.js';
import { relative_time } from './relative_time.js';
import { replace } from './replace.js';
import { rtrim } from './rtrim.js';
import { searchmatch } from './searchmatch.js';
import { split } from './split.js';
import { strftime } from './strftime.js';
import { strptime } from './strptime.js';
import { substr } from './substr.js';
import { time } from './time.js';
import { tonumber } from './tonumber.js';
import { tostring } from './tostring.js';
import { trim } from './trim.js';
import { trueFunction } from './true.js';
import { typeofFunction } from './typeof.js';
import { upper } from './upper.js';
import { urldecode } from './urldecode.js';
import { validate } from './validate.js';

/** All eval functions. */
export const functions: readonly FunctionDefinition[] = [
  caseFunction,
  cidrmatch,
  coalesce,
  falseFunction,
  ifFunction,
  inFunction,
  isarray,
  isbool,
  isdouble,
  isint,
  ismv,
  isnotnull,
  isnull,
  isnum,
  isobject,
  isstr,
  len,
  like,
  lookup,
  lower,
  ltrim,
  match,
  mvappend,
  mvcount,
  mvdedup,
  mvfilter,
  mvfind,
  mvindex,
  mvjoin,
  mvmap,
  mvrange,
  mvreverse,
  mvsort,
  mvzip,
  now,
  nullFunction,
  nullif,
  relative_time,
  replace,
  rtrim,
  searchmatch,
  split,
  strftime,
  strptime,
  substr,
  time,
  tonumber,
  tostring,
  trim,
  trueFunction,
  typeofFunction,
  upper,
  urldecode,
  validate,
];
