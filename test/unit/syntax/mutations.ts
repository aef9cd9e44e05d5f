// Broken searches made from whole ones: pieces dropped, doubled, moved, and characters that mean something put in.

/** The same sequence of numbers below a bound for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces =
  '" ( ) [ ] ` | = , \\ \' $ << >> ``` * ! : . - { } % [[[[ (((( """ NOT OR by as é 😀 \0 __proto__ constructor'.split(
    ' ',
  );

/** A search with one to four random changes. */
export function mutate(text: string, others: readonly string[], random: (below: number) => number): string {
  let changed = text;
  for (let left = 1 + random(4); left > 0; left--) {
    const at = random(changed.length + 1);
    const head = changed.slice(0, at);
    switch (random(5)) {
      case 0:
        changed = head + changed.slice(at + 1 + random(3));
        break;
      case 1:
        changed = head + pieces[random(pieces.length)]! + changed.slice(at);
        break;
      case 2:
        changed = head + changed.slice(at, at + random(30)) + changed.slice(at);
        break;
      case 3:
        changed = head;
        break;
      default: {
        const other = others[random(others.length)]!;
        const from = random(other.length);
        changed = head + other.slice(from, from + 40) + changed.slice(at);
      }
    }
  }
  return changed;
}
