// Whether what is printed has colors.

/** On a terminal, unless NO_COLOR (no-color.org) forbids them; FORCE_COLOR asks for them elsewhere, and `0` for none. */
export function hasColors(stream: { readonly isTTY?: boolean }): boolean {
  if ((process.env['NO_COLOR'] ?? '') !== '') return false;
  const forced = process.env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTTY === true;
}
