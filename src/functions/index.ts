// The list of eval functions.
import { abs } from './abs.js';
import { acos } from './acos.js';
import { acosh } from './acosh.js';
import { asin } from './asin.js';
import { asinh } from './asinh.js';
import { atan } from './atan.js';
import { atan2 } from './atan2.js';
import { atanh } from './atanh.js';
import { avg } from './avg.js';
import { bit_and } from './bit_and.js';
import { bit_not } from './bit_not.js';
import { bit_or } from './bit_or.js';
import { bit_shift_left } from './bit_shift_left.js';
import { bit_shift_right } from './bit_shift_right.js';
import { bit_xor } from './bit_xor.js';
import { caseFunction } from './case.js';
import { ceiling } from './ceiling.js';
import { cidrmatch } from './cidrmatch.js';
import { cluster } from './cluster.js';
import { coalesce } from './coalesce.js';
import { commands } from './commands.js';
import { cos } from './cos.js';
import { cosh } from './cosh.js';
import { exact } from './exact.js';
import { exp } from './exp.js';
import { falseFunction } from './false.js';
import { floor } from './floor.js';
import type { FunctionDefinition } from './function.js';
import { getfields } from './getfields.js';
import { hypot } from './hypot.js';
import { ifFunction } from './if.js';
import { inFunction } from './in.js';
import { ipmask } from './ipmask.js';
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
import { json } from './json.js';
import { json_append } from './json_append.js';
import { json_array } from './json_array.js';
import { json_array_to_mv } from './json_array_to_mv.js';
import { json_delete } from './json_delete.js';
import { json_entries } from './json_entries.js';
import { json_extend } from './json_extend.js';
import { json_extract } from './json_extract.js';
import { json_extract_exact } from './json_extract_exact.js';
import { json_has_key_exact } from './json_has_key_exact.js';
import { json_keys } from './json_keys.js';
import { json_object } from './json_object.js';
import { json_set } from './json_set.js';
import { json_set_exact } from './json_set_exact.js';
import { json_valid } from './json_valid.js';
import { len } from './len.js';
import { like } from './like.js';
import { ln } from './ln.js';
import { log } from './log.js';
import { lookup } from './lookup.js';
import { lower } from './lower.js';
import { ltrim } from './ltrim.js';
import { match } from './match.js';
import { max } from './max.js';
import { md5 } from './md5.js';
import { min } from './min.js';
import { mv_to_json_array } from './mv_to_json_array.js';
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
import { pi } from './pi.js';
import { pow } from './pow.js';
import { printf } from './printf.js';
import { random } from './random.js';
import { relative_time } from './relative_time.js';
import { replace } from './replace.js';
import { round } from './round.js';
import { rtrim } from './rtrim.js';
import { searchmatch } from './searchmatch.js';
import { sha1 } from './sha1.js';
import { sha256 } from './sha256.js';
import { sha512 } from './sha512.js';
import { sigfig } from './sigfig.js';
import { sin } from './sin.js';
import { sinh } from './sinh.js';
import { spath } from './spath.js';
import { split } from './split.js';
import { sqrt } from './sqrt.js';
import { strftime } from './strftime.js';
import { strptime } from './strptime.js';
import { substr } from './substr.js';
import { sum } from './sum.js';
import { tan } from './tan.js';
import { tanh } from './tanh.js';
import { time } from './time.js';
import { toarray } from './toarray.js';
import { tobool } from './tobool.js';
import { todouble } from './todouble.js';
import { toint } from './toint.js';
import { tomv } from './tomv.js';
import { tonumber } from './tonumber.js';
import { toobject } from './toobject.js';
import { tostring } from './tostring.js';
import { trim } from './trim.js';
import { trueFunction } from './true.js';
import { typeofFunction } from './typeof.js';
import { upper } from './upper.js';
import { urldecode } from './urldecode.js';
import { validate } from './validate.js';

/** All eval functions. */
export const functions: readonly FunctionDefinition[] = [
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  avg,
  bit_and,
  bit_not,
  bit_or,
  bit_shift_left,
  bit_shift_right,
  bit_xor,
  caseFunction,
  ceiling,
  cidrmatch,
  cluster,
  coalesce,
  commands,
  cos,
  cosh,
  exact,
  exp,
  falseFunction,
  floor,
  getfields,
  hypot,
  ifFunction,
  inFunction,
  ipmask,
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
  json,
  json_append,
  json_array,
  json_array_to_mv,
  json_delete,
  json_entries,
  json_extend,
  json_extract,
  json_extract_exact,
  json_has_key_exact,
  json_keys,
  json_object,
  json_set,
  json_set_exact,
  json_valid,
  len,
  like,
  ln,
  log,
  lookup,
  lower,
  ltrim,
  match,
  max,
  md5,
  min,
  mv_to_json_array,
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
  pi,
  pow,
  printf,
  random,
  relative_time,
  replace,
  round,
  rtrim,
  searchmatch,
  sha1,
  sha256,
  sha512,
  sigfig,
  sin,
  sinh,
  spath,
  split,
  sqrt,
  strftime,
  strptime,
  substr,
  sum,
  tan,
  tanh,
  time,
  toarray,
  tobool,
  todouble,
  toint,
  tomv,
  tonumber,
  toobject,
  tostring,
  trim,
  trueFunction,
  typeofFunction,
  upper,
  urldecode,
  validate,
];
