// detc init: makes a folder a content repository and tells editors about the schemas.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { configFilesIn } from '../../content/config.js';
import { editorSchema, schemaGlobs } from '../../content/editor-schema.js';
import { loadRepository } from '../../content/load.js';
import { schemaNames } from '../../content/schema.js';
import { makeFolder } from '../../make-folder.js';
import { ask } from '../ask.js';
import { withExamples } from '../examples.js';
import { deploymentText, type Scaffold, stemOfName, yamlText } from '../scaffold.js';

interface Options {
  readonly title?: string;
  readonly appid?: string;
  readonly label?: string;
  readonly author?: string;
  readonly email?: string;
}
const schemaFolder = '.detc/schemas';
const settingsFile = '.vscode/settings.json';

/** Adds `detc init`. */
export function register(program: Command): void {
  const command = program
    .command('init')
    .description(
      'makes a folder a content repository; in an existing one only writes the settings of editors',
    )
    .argument('[dir]', 'the folder', '.')
    .option('--title <title>', 'title of the app')
    .option('--appid <id>', 'folder of the app in Splunk')
    .option('--label <label>', 'what stanzas begin with')
    .option('--author <name>', 'name of the author or team')
    .option('--email <address>', 'address of the author or team');
  command.action(async (dir: string, options: Options) => {
    const root = resolve(dir);
    const write = (file: string, text: string): void => {
      makeFolder(dirname(join(root, file)));
      writeFileSync(join(root, file), text);
      process.stdout.write(`${file}\n`);
    };
    if (configFilesIn(root).length === 0) {
      for (const [file, text] of await newRepository(command, root, options)) {
        if (!existsSync(join(root, file))) write(file, text);
      }
    }
    writeEditorSettings(command, root, write);
  });
  withExamples(
    command,
    [
      ['detc init', 'asks, and begins a repository here'],
      ["detc init content --title 'SOC content' --appid soc_content --label SOC", 'asks only for the rest'],
    ],
    '0 written',
  );
}

async function newRepository(
  command: Command,
  root: string,
  options: Options,
): Promise<(readonly [file: string, text: string])[]> {
  const folder = basename(root).replaceAll(/[^A-Za-z0-9_-]/g, '-') || 'content';
  const answers = await ask({
    // AppInspect wants from 5 to 80 characters.
    title: {
      text: 'Title of the app?',
      given: options.title,
      fallback: folder.length < 5 ? `${folder} content` : folder.slice(0, 80),
    },
    appid: { text: 'Id of the app?', given: options.appid, fallback: `DA-ESS-${folder}` },
    label: { text: 'Label of stanzas?', given: options.label, fallback: 'SOC' },
    author: { text: 'Author?', given: options.author, fallback: 'Security team' },
    email: { text: 'E-mail?', given: options.email, fallback: 'security@example.com' },
  });
  if (!/^[A-Za-z0-9_-]+$/.test(answers.appid)) {
    command.error(`error: id of an app has letters, digits, "_" and "-", found "${answers.appid}"`, {
      exitCode: 2,
    });
  }
  const scaffold: Scaffold = {
    name: '',
    author: answers.author,
    today: new Date().toISOString().slice(0, 10),
    dialect: '5.x',
    stories: [],
    type: 'TTP',
    folder: 'endpoint',
  };
  const config = [
    'app:',
    `  title: ${yamlText(answers.title)}`,
    `  appid: ${yamlText(answers.appid)}`,
    '  version: 0.1.0',
    `  description: ${yamlText(`Detections of ${answers.author}`)}`,
    `  prefix: ${yamlText(answers.label)}`,
    `  label: ${yamlText(answers.label)}`,
    `  author_name: ${yamlText(answers.author)}`,
    `  author_email: ${yamlText(answers.email)}`,
    `  author_company: ${yamlText(answers.author)}`,
    "# Severities of rules: error, warn or off. `extends: [escu]` adds the policies of Splunk's own content.",
    'rules: {}',
    '',
  ].join('\n');
  const types = ['TTP', 'Anomaly', 'Hunting', 'Correlation', 'Baseline'];
  return [
    ['detc.yml', config],
    // What detc writes itself.
    ['.gitignore', 'dist/\n.detc-cache/\n'],
    ...types.map(
      (type) =>
        [
          `deployments/${stemOfName(`ESCU Default Configuration ${type}`)}.yml`,
          deploymentText(type, scaffold),
        ] as const,
    ),
    ...['detections/endpoint', 'macros', 'lookups', 'stories', 'data_sources', 'baselines'].map(
      (name) => [`${name}/.gitkeep`, ''] as const,
    ),
  ];
}

/** Writes the schemas with the names of the repository, and settings that point yaml-language-server to them. */
function writeEditorSettings(
  command: Command,
  root: string,
  write: (file: string, text: string) => void,
): void {
  const { content } = loadRepository(root);
  const schemas: Record<string, readonly string[]> = {};
  for (const name of schemaNames) {
    const file = `${schemaFolder}/${name}.schema.json`;
    write(file, `${JSON.stringify(editorSchema(name, content), undefined, 2)}\n`);
    schemas[`./${file}`] = schemaGlobs[name];
  }
  const settings = readSettings(command, join(root, settingsFile));
  settings['yaml.schemas'] = { ...(settings['yaml.schemas'] as object | undefined), ...schemas };
  write(settingsFile, `${JSON.stringify(settings, undefined, 2)}\n`);
}

function readSettings(command: Command, path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Settings with comments are JSON to the editor only.
  }
  return command.error(
    `error: ${settingsFile} is not plain JSON; add the schemas of ${schemaFolder} by hand`,
    {
      exitCode: 2,
    },
  );
}
