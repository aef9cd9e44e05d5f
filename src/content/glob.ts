// Matches paths against the globs of settings and of the command line.

const compiled = new Map<string, RegExp>();

/**
 * Whether a path fits a glob: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` are alternatives. A glob
 * without a slash fits the file name in any folder, a folder fits everything below it.
 */
export function matchesGlob(path: string, glob: string): boolean {
  let pattern = compiled.get(glob);
  if (pattern === undefined) {
    pattern = compile(glob);
    compiled.set(glob, pattern);
  }
  return pattern.test(path);
}

function compile(glob: string): RegExp {
  const clean = glob.replace(/^\.\//, '').replace(/\/$/, '').slice(0, 1000);
  let source = clean.includes('/') ? '' : '(?:.*/)?';
  let depth = 0;
  for (let at = 0; at < clean.length; at++) {
    const character = clean[at] ?? '';
    if (character === '*') {
      if (clean[at + 1] === '*') {
        while (clean[at + 1] === '*') at++;
        if (clean[at + 1] === '/') {
          at++;
          source += '(?:[^/]+/)*';
        } else source += '.*';
      } else source += '[^/]*';
    } else if (character === '?') source += '[^/]';
    else if (character === '{' && clean.includes('}', at)) {
      depth++;
      source += '(?:';
    } else if (character === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (character === ',' && depth > 0) source += '|';
    else source += character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  }
  return new RegExp(`^${source}${')'.repeat(depth)}(?:/.*)?$`);
}
