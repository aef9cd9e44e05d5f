// No option is read and then forgotten: it changes the plan, is refused, or the record says why it has no effect.
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/commands/index.js';
import { compileText } from '../../../src/evaluate.js';

/** Values that options of the usual kinds take, beside the words that their usage lists. */
const values = [
  'true',
  'false',
  '3',
  '0.3',
  '1h',
  'text',
  '"(x)y"',
  '[ search x=1 ]',
  '10/31/2023',
  'eval(x=1)',
];

/** Searches, beside the examples of the reference, in which an option matters that needs another. */
const settings: Readonly<Record<string, readonly string[]>> = {
  bin: ['| bin n', '| bin _time span=1h'],
  chart: ['| chart count BY _time span=1h', '| chart count BY a, b'],
  timechart: ['| timechart count BY a'],
  foreach: ["| foreach a* [ eval <<FIELD>>='text' ]"],
  head: ['| head (a=1)', '| head'],
  extract: ['| extract'],
  join: ['| join left=L where L.a=text.b [ search x=1 ]', '| join right=R where text.a=R.b [ search x=1 ]'],
  makeresults: ['| makeresults format=csv data="12"'],
  rex: ['| rex field=a "s/(?<b>x)/y/"'],
};

/** A use of a command with one option more, instead of the same option that it has. */
function withOption(spl: string, name: string, option: string, value: string): string {
  const without = spl.replace(new RegExp(`\\b${option}=(?:"[^"]*"|\\S+)`, 'g'), '');
  return without.replace(new RegExp(`(^|\\|\\s*)(${name})\\b`, 'i'), () => `| ${name} ${option}=${value} `);
}

/** What a search comes to: its plan, and whether it is refused. */
function outcome(spl: string): {
  readonly plan: string;
  readonly isRefused: boolean;
  readonly isRead: boolean;
} {
  const { plan, diagnostics } = compileText(spl);
  const plain = JSON.stringify(plan, (key, value: unknown) => {
    if (value instanceof Map) return [...value];
    // places in the text, which every option moves
    return /span$/i.test(key) && Object.keys(value ?? {}).join() === 'start,end' ? undefined : value;
  });
  const isRefused = diagnostics.some((diagnostic) => diagnostic.code === 'unsupported');
  return {
    plan: plain,
    isRefused,
    isRead: diagnostics.every((diagnostic) => diagnostic.severity !== 'error'),
  };
}

const options = commands
  // The options of a command that only begins statistics are those of the command that finishes them.
  .filter((command) => command.plan !== undefined && command.finishedBy === undefined)
  .flatMap((command) =>
    Object.entries(command.grammar.options ?? {}).map(([option, value]) => ({ command, option, value })),
  );

describe('options', () => {
  test.each(options)('$command.name $option', ({ command, option, value }) => {
    const searches = [...command.examples.map((example) => example.spl), ...(settings[command.name] ?? [])];
    const words = [...value.usage.matchAll(/[a-z]\w+/gi)].map((match) => match[0]);
    const found = searches.flatMap((spl) => {
      const plain = outcome(spl);
      return [...values, ...words].flatMap((text) => {
        const changed = outcome(withOption(spl, command.name, option, text));
        if (changed.isRefused) return ['refused'];
        if (!changed.isRead) return [];
        return [changed.plan === plain.plan ? 'same' : 'other'];
      });
    });
    expect(found, 'an example takes a value').not.toEqual([]);
    const isUsed = found.some((result) => result !== 'same');
    expect(isUsed ? 'used' : 'without effect').toBe(
      command.withoutEffect?.[option] === undefined ? 'used' : 'without effect',
    );
  });

  test.each(commands.filter((command) => command.withoutEffect !== undefined))(
    '$name declares options that it has',
    (command) => {
      const known = Object.keys(command.grammar.options ?? {});
      expect(Object.keys(command.withoutEffect ?? {}).filter((name) => !known.includes(name))).toEqual([]);
    },
  );
});
