import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { plainEnvironment, root, succeed } from './processes.js';

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Pat',
  GIT_AUTHOR_EMAIL: 'pat@example.com',
  GIT_COMMITTER_NAME: 'Pat',
  GIT_COMMITTER_EMAIL: 'pat@example.com',
};

/** A git repository of a test. */
export class Repository {
  private constructor(readonly folder: string) {}

  static async create(folder: string): Promise<Repository> {
    await mkdir(folder, { recursive: true });
    const repository = new Repository(folder);
    await repository.git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  /** What git says, without the line break at the end. */
  async git(...args: readonly string[]): Promise<string> {
    return (await succeed('git', args, { cwd: this.folder, env: plainEnvironment(AUTHOR) })).trimEnd();
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, file)), { recursive: true });
      await writeFile(join(this.folder, file), text);
    }
  }

  /** Commits everything and gives the commit. */
  async commit(message = 'Change'): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** This project as it lies here, with what is not committed yet, as a repository of its own. */
  static async ofThisProject(folder: string): Promise<Repository> {
    const repository = await Repository.create(folder);
    const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
    const listed = await succeed('git', list, { cwd: root });
    const deleted = new Set((await succeed('git', ['ls-files', '-z', '--deleted'], { cwd: root })).split('\0'));
    const needed = /^(src\/|scripts\/|action|package|tsconfig|\.npmrc|\.pre-commit-hooks)/;
    for (const file of listed.split('\0').filter((name) => needed.test(name) && !deleted.has(name))) {
      await cp(join(root, file), join(folder, file));
    }
    await repository.commit('Sources');
    return repository;
  }
}

/** A runbook that nothing is found in; `title` tells two apart. */
export function cleanRunbook(title = 'Look'): string {
  return `runbook: v1
id: look
title: ${title}
roles: { app: { hosts: 1 } }
steps:
  - { id: look, title: ${title}, on: app, check: { host: reachable } }
`;
}
