// Objects whose long members are made when one of them is asked for. These are no members of their own, for to give each of
// thousands of objects a dozen accessors takes longer than all else; whoever wants all members as own ones asks `wholeOf`.

/** Makes the late members. */
type Make = () => Readonly<Record<string, unknown>>;

interface Late {
  readonly names: readonly string[];
  readonly make: Make;
  made?: Readonly<Record<string, unknown>>;
}

const lateOf = new WeakMap<object, Late>();

function membersOf(late: Late): Readonly<Record<string, unknown>> {
  late.made ??= late.make();
  return late.made;
}

/** What objects with late members of these names have as their prototype. */
function prototypeOf(names: readonly string[]): object {
  const prototype = {};
  for (const name of names)
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: object) {
        return membersOf(lateOf.get(this)!)[name];
      },
    });
  return prototype;
}

/** A way to give objects late members of some names; an object that lacks one has it as undefined. */
export function lateMembers(names: readonly string[]): (own: object, make: Make) => Record<string, unknown> {
  const prototype = prototypeOf(names);
  return (own, make) => {
    const object = Object.assign<Record<string, unknown>, object>(
      Object.create(prototype) as Record<string, unknown>,
      own,
    );
    lateOf.set(object, { names, make });
    return object;
  };
}

/** The object, or one with all its late members, and those of objects in it, as its own. */
export function wholeOf<T extends object>(object: T): T {
  const late = lateOf.get(object);
  if (late === undefined) return object;
  const whole = Object.assign<Record<string, unknown>, object>({}, object);
  const made = membersOf(late);
  for (const name of late.names) if (made[name] !== undefined) whole[name] = made[name];
  for (const [name, value] of Object.entries(whole))
    if (typeof value === 'object' && value !== null) whole[name] = wholeOf(value);
  return whole as T;
}
