// Characters that nobody sees in a text, which two rules look for: one tells them, the other leaves them to it.

/** What controls a terminal or nothing at all; tabs and ends of lines are not among them. */
export const control = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f]/;
/** What has no shape of its own, control characters among it; names of objects are looked at for it elsewhere too. */
export const invisible =
  /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/;
