import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { builtCommand } from './processes.js';
import { cleanRunbook, Repository } from './repository.js';
import { runAction } from './runner.js';
import type { StepEnd } from './runner.js';

/** A runbook with a gate, in which nothing is found. */
export const UPGRADE = `runbook: v1
id: upgrade
title: Upgrade the application
roles: { app: { hosts: 2.., vars: { url: url } } }
steps:
  - id: approve
    title: Approve the upgrade
    manual: Compare the release notes with what is installed.
    approver: other_person
    evidence: [{ attest: Compared. }]
  - id: restart
    title: Restart
    on: app
    serial: 1
    service: { name: app, state: restarted }
    verify: { http: { url: '\${{ host.url }}/health' } }
    timeout: 5m
    effects: [stop, start]
    irreversible: Sessions that are open are lost.
`;
/** The same with a warning. */
export const WITHOUT_TIMEOUT = UPGRADE.replace('    timeout: 5m\n', '');
/** A runbook with an error on line 5. */
export const BROKEN = cleanRunbook().replace('steps:', 'stepps:');

/** What someone hostile would call a branch, as far as git lets them. */
const HOSTILE_BRANCH = 'a";echo${IFS}pwned>pwned;$(id)`id`${{github.token}}';

/** A repository with one runbook, and pull requests to it. */
export class PullRequests {
  /** The last commit of the latest pull request. */
  #head = '';

  private constructor(
    readonly folder: string,
    readonly origin: Repository,
    /** What pull requests start from. */
    public base: string,
  ) {}

  /** An upstream in a folder, whose pull requests the built command line will judge. */
  static async open(folder: string): Promise<PullRequests> {
    builtCommand();
    const origin = await Repository.create(join(folder, 'origin'));
    await origin.write({ 'ops/upgrade.runbook.yaml': UPGRADE, 'README.md': 'Runbooks.\n' });
    return new PullRequests(folder, origin, await origin.commit('Base'));
  }

  /** A checkout of the merge of a pull request into its base, or into what that has become, as the runner makes it. */
  async checkout(change: (author: Repository) => Promise<void>, clone: readonly string[] = [], into = this.base): Promise<Repository> {
    const author = await Repository.create(await mkdtemp(join(this.folder, 'author-')));
    await author.git('fetch', '--quiet', this.origin.folder, 'main');
    await author.git('checkout', '--quiet', '-B', HOSTILE_BRANCH, 'FETCH_HEAD');
    await change(author);
    this.#head = await author.commit('Change');
    await author.git('checkout', '--quiet', '--detach', into);
    await author.git('merge', '--quiet', '--no-ff', '-m', 'Merge', this.#head);
    await author.git('update-ref', 'refs/pull/1/merge', 'HEAD');
    const work = await Repository.create(await mkdtemp(join(this.folder, 'work-')));
    await work.git('fetch', '--quiet', ...clone, `file://${author.folder}`, 'refs/pull/1/merge');
    await work.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    return work;
  }

  /** Does the action on such a checkout. */
  async review(work: Repository, inputs: Readonly<Record<string, string>> = {}): Promise<StepEnd> {
    const base = { sha: this.base, ref: 'main' };
    const head = { sha: this.#head, ref: HOSTILE_BRANCH, repo: { fork: true } };
    const ended = await runAction(
      { command: builtCommand(), ...inputs },
      {
        workspace: work.folder,
        temporary: this.folder,
        event: { pull_request: { title: '::error::t', base, head } },
        env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main', GITHUB_HEAD_REF: HOSTILE_BRANCH },
      },
    );
    assert.ok(!readdirSync(work.folder).includes('pwned'), 'no text of a pull request was run');
    return ended;
  }
}

/** Annotated errors as `file:line title`. */
export function errorsOf({ commands }: StepEnd): readonly string[] {
  const errors = commands.filter(({ name }) => name === 'error');
  return errors.map(({ properties }) => `${String(properties['file'])}:${String(properties['line'])} ${String(properties['title'])}`);
}
