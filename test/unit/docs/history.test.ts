// The git history that pages show: renamed files, shallow clones, folders without git, odd names and settings.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHistory } from '../../../src/docs/site/history.js';

const long = Array.from({ length: 30 }, (_, n) => `line ${n}\n`).join('');

/** A new repository with a function that commits after a change. */
function repository() {
  const root = mkdtempSync(join(tmpdir(), 'detc-history-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=a@b.c', ...args]);
  git('init', '-q');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (subject: string) => {
    git('add', '-A');
    git('commit', '-q', '--allow-empty-message', '-m', subject);
  };
  return { root, git, write, commit };
}

const subjects = async (root: string, file: string) =>
  (await readHistory(root)).get(file)?.map((commit) => commit.subject);

describe('history', () => {
  test('a renamed file keeps what it was before, also through two renames', async () => {
    const { root, write, commit } = repository();
    write('a.yml', long);
    commit('written');
    renameSync(join(root, 'a.yml'), join(root, 'b.yml'));
    commit('renamed');
    mkdirSync(join(root, 'folder'));
    renameSync(join(root, 'b.yml'), join(root, 'folder/c.yml'));
    write('folder/c.yml', `${long}more\n`);
    commit('moved and changed');
    write('a.yml', 'another file of the old name\n');
    commit('reused');
    expect(await subjects(root, 'folder/c.yml')).toEqual(['moved and changed', 'renamed', 'written']);
    expect(await subjects(root, 'a.yml')).toEqual(['reused']);
  });

  test('a file that was deleted and written anew', async () => {
    const { root, write, commit } = repository();
    write('a.yml', 'one\n');
    commit('one');
    rmSync(join(root, 'a.yml'));
    commit('gone');
    write('a.yml', 'two\n');
    commit('two');
    expect(await subjects(root, 'a.yml')).toContain('two');
  });

  test('a shallow clone does not say that its last commit wrote everything', async () => {
    const { root, write, commit } = repository();
    write('a.yml', 'one\n');
    write('b.yml', 'one\n');
    commit('one');
    write('b.yml', 'two\n');
    commit('two');
    write('a.yml', 'three\n');
    commit('three');
    const clone = mkdtempSync(join(tmpdir(), 'detc-history-'));
    execFileSync('git', ['clone', '-q', '--depth', '2', `file://${root}`, clone]);
    expect(await subjects(clone, 'a.yml')).toEqual(['three']);
    expect(await subjects(clone, 'b.yml')).toBeUndefined();
  });

  test('content below the folder of git, odd names, an empty subject, a user who signs', async () => {
    const { root, git, write, commit } = repository();
    write('content/ü "q"\tx.yml', 'one\n');
    write('other.yml', 'one\n');
    git('config', 'log.showSignature', 'true');
    git('config', 'color.ui', 'always');
    commit('');
    const history = await readHistory(join(root, 'content'));
    expect([...history.keys()]).toEqual(['ü "q"\tx.yml']);
    expect(history.get('ü "q"\tx.yml')).toMatchObject([{ author: 'Ada', subject: '' }]);
  });

  test('outside of git there is none', async () => {
    expect((await readHistory(mkdtempSync(join(tmpdir(), 'detc-history-')))).size).toBe(0);
    expect((await readHistory('/nowhere/at/all')).size).toBe(0);
    const { root } = repository();
    expect((await readHistory(root)).size).toBe(0);
  });
});
