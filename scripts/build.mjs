// Compiles src/ to dist/js and lays the JSON schemas beside the modules that read them.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleRuntime } from './bundle-runtime.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'tsc.cmd' : 'tsc');
execFileSync(bin, ['-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});

for (const entry of readdirSync(join(root, 'src'), { recursive: true })) {
  const name = String(entry);
  if (name.endsWith('.schema.json')) cpSync(join(root, 'src', name), join(root, 'dist', 'js', name));
}
await bundleRuntime(join(root, 'dist', 'js'));
const cli = join(root, 'dist', 'js', 'cli.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
