// detc new: writes a new content file.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { loadRepository } from '../../content/load.js';
import type { Dialect, Repository } from '../../content/model.js';
import { didYouMean } from '../../diagnostic/did-you-mean.js';
import { makeFolder } from '../../make-folder.js';
import { withChoices } from '../arguments.js';
import { ask } from '../ask.js';
import { contentFolder, pathPrefix, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';
import { detectionText, lookupText, macroText, type Scaffold, stemOfName, storyText } from '../scaffold.js';

interface Options {
  readonly content?: string;
  readonly name?: string;
  readonly author?: string;
  readonly type?: string;
  readonly folder?: string;
  readonly story?: readonly string[];
}
type NewKind = 'detection' | 'macro' | 'lookup' | 'story';

/** Adds `detc new`. */
export function register(program: Command): void {
  const command = program
    .command('new')
    .description('writes a new detection, macro, lookup or story, in the dialect of the repository');
  command
    .addArgument(withChoices(command, new Argument('<kind>'), ['detection', 'macro', 'lookup', 'story']))
    .argument('[name]', 'its name')
    .option('--name <name>', 'its name')
    .option('--author <author>', 'who writes it')
    .addOption(
      withChoices(command, new Option('--type <type>', 'type of a detection'), [
        'TTP',
        'Anomaly',
        'Hunting',
        'Correlation',
      ]),
    )
    .option('--folder <folder>', 'folder below detections/')
    .option('--story <name...>', 'stories that a detection belongs to');
  withContentOption(command).action(async (kind: NewKind, name: string | undefined, options: Options) => {
    const root = contentFolder(command, options.content);
    const { content } = loadRepository(root);
    const answers = await ask({
      name: { text: 'Name?', given: options.name ?? name, fallback: '' },
      author: { text: 'Author?', given: options.author, fallback: content.app.authorName || 'unknown' },
      type: { text: 'Type?', given: kind === 'detection' ? options.type : '', fallback: 'TTP' },
      folder: { text: 'Folder?', given: kind === 'detection' ? options.folder : '', fallback: 'endpoint' },
    });
    if (answers.name === '') return command.error('error: a name is needed', { exitCode: 2 });
    if (!/^\w+$/.test(stemOfName(answers.name))) {
      // The filter macro and the file are named after it.
      const message = `error: a name has letters, digits, blanks, "-", ".", "/" and "_", found "${answers.name}"`;
      return command.error(message, { exitCode: 2 });
    }
    if (!/^[\w-]+(?:\/[\w-]+)*$/.test(answers.folder) && kind === 'detection') {
      return command.error(`error: "${answers.folder}" is no folder below detections/`, { exitCode: 2 });
    }
    const stories = options.story ?? [];
    checkStories(command, stories, content);
    const scaffold: Scaffold = {
      ...answers,
      stories,
      today: new Date().toISOString().slice(0, 10),
      dialect: usualDialect(content),
    };
    for (const [file, text] of filesOf(kind, scaffold)) {
      const path = join(root, file);
      if (existsSync(path)) return command.error(`error: ${file} is already there`, { exitCode: 2 });
      makeFolder(dirname(path));
      writeFileSync(path, text);
      process.stdout.write(`${pathPrefix(root)}${file}\n`);
    }
  });
  withExamples(
    command,
    [
      ["detc new detection 'Windows Rare Service Path' --type Anomaly --folder endpoint"],
      ['detc new macro powershell'],
      ["detc new story 'Living Off The Land' --author 'Blue team'"],
    ],
    '0 written',
  );
}

function checkStories(command: Command, stories: readonly string[], content: Repository): void {
  const known = content.stories.map((story) => story.name);
  for (const story of stories) {
    if (known.includes(story)) continue;
    const help = didYouMean(story, known);
    command.error(`error: unknown story "${story}"${help === undefined ? '' : `, ${help}`}`, { exitCode: 2 });
  }
}

/** The dialect most detections are in; the newest form with risk where there are none. */
function usualDialect(content: Repository): Dialect {
  const counts = new Map<Dialect, number>();
  for (const { dialect } of content.detections) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  const [usual = '5.x'] = [...counts].sort((a, b) => b[1] - a[1]).map(([dialect]) => dialect);
  return usual === '2022' ? '4.x' : usual;
}

function filesOf(kind: NewKind, scaffold: Scaffold): (readonly [file: string, text: string])[] {
  const stem = stemOfName(scaffold.name);
  switch (kind) {
    case 'detection':
      return [[`detections/${scaffold.folder}/${stem}.yml`, detectionText(scaffold)]];
    case 'macro':
      return [[`macros/${stem}.yml`, macroText(scaffold)]];
    case 'lookup':
      return [
        [`lookups/${stem}.yml`, lookupText(scaffold)],
        [`lookups/${stem}.csv`, 'key,value\n'],
      ];
    case 'story':
      return [[`stories/${stem}.yml`, storyText(scaffold)]];
  }
}
