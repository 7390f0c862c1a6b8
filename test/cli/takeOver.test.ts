import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/cli/exitCodes.js';
import { runbook } from '../support/exampleRun.js';
import { LOCAL_HEAD, LOCAL_INVENTORY } from '../support/running.js';
import { eventually } from '../support/eventually.js';

describe('a run that another process carries out', function () {
  this.timeout(300_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'take-over-'));
    const log = `env: { LOG: "${join(directory, 'log')}" }`;
    const steps = `steps:\n  - { id: a, ${log}, run: 'echo a >> "$LOG"; while [ ! -e "$LOG.go" ]; do sleep 0.2; done' }\n  - { id: b, ${log}, run: 'echo b >> "$LOG"' }\n`;
    await writeFile(join(directory, 'a.runbook.yaml'), LOCAL_HEAD + steps);
    await writeFile(join(directory, 'x.inventory.yaml'), LOCAL_INVENTORY);
  });
  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));

  const state = (): readonly string[] => ['--state-dir', join(directory, 'state')];
  const logged = (): Promise<string> => readFile(join(directory, 'log'), 'utf8');
  const first = (...more: readonly string[]): ReturnType<typeof runbook> => {
    const files = [join(directory, 'a.runbook.yaml'), '--inventory', join(directory, 'x.inventory.yaml')];
    return runbook(['run', ...files, '--yes', '--headless', ...state(), ...more], { RUNBOOK_OPERATOR: 'ada' });
  };
  const begun = async (): Promise<string> => {
    await eventually(() => existsSync(join(directory, 'log')), 'the first step writes its log', 100);
    return readdirSync(join(directory, 'state/runs'))[0] ?? '';
  };
  const takeOver = (run: string): ReturnType<typeof runbook> =>
    runbook(['resume', run, '--yes', '--headless', '--take-over', '--why', 'the night shift', ...state()], { RUNBOOK_OPERATOR: 'eve' });

  it('goes on with the one who asks where that was allowed beforehand, each step once; others watch', async () => {
    const running = first('--allow-take-over');
    const run = await begun();
    const watching = runbook(['runs', run, '--follow', ...state()]);
    const next = takeOver(run);
    // Asked and agreed, while the step is under way.
    await eventually(() => existsSync(join(directory, 'state/runs', run, 'hand-over.answer')), 'the request to take over is answered', 100);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await writeFile(join(directory, 'log.go'), '');
    const [before, after, watched] = await Promise.all([running, next, watching]);
    assert.equal(before.code, ExitCode.stopped, before.output);
    assert.match(before.output, /eve on \S+ asks to take this run over: the night shift[\s\S]*ada let the run go/);
    assert.equal(after.code, ExitCode.ok, after.output);
    assert.match(after.output, /lets the run go; the steps under way are finished first/);
    assert.match(watched.output, /eve on \S+ asks to take this run over/);
    assert.equal(await logged(), 'a\nb\n');
  });

  it('stays where it is as long as nobody there allows it', async () => {
    const running = first();
    const refused = await takeOver(await begun());
    assert.equal(refused.code, ExitCode.usage, refused.output);
    assert.match(refused.output, /Process \d+ on \S+ keeps the run\./);
    await writeFile(join(directory, 'log.go'), '');
    const ended = await running;
    assert.equal(ended.code, ExitCode.ok, ended.output);
    assert.equal(await logged(), 'a\nb\n');
  });
});
