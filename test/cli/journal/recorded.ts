import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../src/cli/main.js';
import { LOCAL_INVENTORY } from '../../support/running.js';

/** The secret that stands in the runbook's texts, where no secret belongs; it is given in the environment. */
export const CANARY = 'canary-4711-swordfish';

const RUNBOOK = `
runbook: v1
id: sample
title: "Sample <script>alert(1)</script>"
roles: { app: { hosts: 1.. } }
secrets: { token: { title: Token } }
steps:
  - { id: one, title: "One | two ${CANARY}", on: app, run: 'true' }
  - { id: ask, manual: 'Look.', evidence: [{ attest: 'It is well.' }] }
  - { id: bad, run: "printf 'a\\\\033[2Jb </pre><b>\\\\n' >&2; exit 3" }
`;

/** A directory with a run that failed, and the command line in it. */
export class Recorded {
  readonly out: string[] = [];
  readonly err: string[] = [];
  private constructor(readonly directory: string) {}

  static async open(): Promise<Recorded> {
    const recorded = new Recorded(await mkdtemp(join(tmpdir(), 'journal-')));
    const write = (name: string, text: string): Promise<void> => writeFile(join(recorded.directory, name), text);
    await write('a.runbook.yaml', RUNBOOK);
    await write('x.inventory.yaml', LOCAL_INVENTORY);
    await write('e.yaml', 'steps: { ask: { attest_1: true } }');
    await recorded.runbook(
      'run',
      'a.runbook.yaml',
      '-i',
      'x.inventory.yaml',
      '--yes',
      '--headless',
      '--evidence',
      join(recorded.directory, 'e.yaml'),
    );
    const said = recorded.said();
    assert.match(said, /bad {2}It ended with exit code 3/);
    return recorded;
  }

  /** The name of the one run. */
  async run(): Promise<string> {
    return (await readdir(join(this.directory, 'state/runs')))[0] ?? '';
  }

  async journal(): Promise<string> {
    return join(this.directory, 'state/runs', await this.run(), 'journal.jsonl');
  }

  /** Calls the command line with its state directory; what it prints is in `out` and `err`. */
  runbook(command: string, ...words: readonly string[]): Promise<number> {
    return main([command, ...words, '--state-dir', join(this.directory, 'state')], {
      out: (text) => this.out.push(text),
      err: (text) => this.err.push(text),
      interactive: false,
      columns: () => undefined,
      color: false,
      cwd: this.directory,
      env: { RUNBOOK_SECRET_TOKEN: CANARY, RUNBOOK_OPERATOR: 'ada' },
    });
  }

  /** What was printed since the last time. */
  said(): string {
    return [...this.out.splice(0), ...this.err.splice(0)].join('');
  }

  close(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }
}
