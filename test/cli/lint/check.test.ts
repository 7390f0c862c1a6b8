import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFiles } from '../../../src/cli/lint/check.js';

const threadEntry = new URL('./support/thread.mjs', import.meta.url);
const HEAD = 'runbook: v1\ntitle: Sample\nroles: { app: { hosts: 1 } }\n';
/** Used by others; its own plans and theirs show the same host left behind. */
const STOP = `id: stop\n${HEAD}steps: [ { id: stop, title: Stop it, on: app, run: ./stop.sh, effects: [stop], timeout: 5m } ]\n`;

function using(at: number): string {
  return `id: user_${String(at)}\n${HEAD}steps:\n  - { id: whole, use: ./stop.runbook.yaml }\n  - { id: odd_${String(at)}, on: app, run: "true", when: inputs.missing }\n`;
}

describe('checking files', () => {
  let folder: string;
  let files: readonly string[];

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'runbook-check-')));
    const texts: Record<string, string> = { 'broken.runbook.yaml': 'runbook: v1\n\tid: x\n', 'a.inventory.yaml': 'inventory: v1\n' };
    for (let at = 0; at < 12; at++) texts[`user_${String(at)}.runbook.yaml`] = using(at);
    for (const [name, text] of Object.entries({ ...texts, 'stop.runbook.yaml': STOP })) await writeFile(join(folder, name), text);
    files = [...Object.keys(texts), 'not_there.runbook.yaml'].map((name) => join(folder, name));
  });

  after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  it('gives the same in the same order, however many threads share the work', async () => {
    const alone = await checkFiles(files, { ruleOptions: {}, roots: [folder], threads: 1 });
    assert.ok(alone.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'undefined-input')));
    for (const threads of [2, 3])
      assert.deepEqual(await checkFiles(files, { ruleOptions: {}, roots: [folder], threads, threadEntry }), alone);
  }).timeout(60_000);

  it('leaves out what cannot be read, and tells of files that were not named', async () => {
    const named = join(folder, 'named.runbook.yaml');
    const missing = join(folder, 'not_there.runbook.yaml');
    const texts = new Map([[named, `id: named\n${HEAD}steps: [ { id: whole, use: ./stop.runbook.yaml } ]\n`]]);
    const checked = await checkFiles([missing, named], { ruleOptions: {}, roots: [folder], texts });
    assert.deepEqual(
      checked.map(({ file }) => file),
      [named, join(folder, 'stop.runbook.yaml')],
    );
    assert.ok(checked[1]?.diagnostics.some(({ code }) => code === 'stop-without-start'));
    assert.equal(checked[1]?.text, STOP);
  });

  it('passes on what stops a thread', async () => {
    const roots = [() => folder] as unknown as readonly string[];
    await assert.rejects(checkFiles(files, { ruleOptions: {}, roots, threads: 2, threadEntry }));
  });
});
