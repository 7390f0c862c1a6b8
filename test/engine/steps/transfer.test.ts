import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttemptState } from '../../../src/events/index.js';
import { cutAfter } from '../../support/cutJournal.js';
import { TestEngine } from '../../support/running.js';
import type { TestRun } from '../../support/running.js';
import { haveSshd, inventoryOfOne, startSshd } from '../../support/sshd.js';
import type { Sshd } from '../../support/sshd.js';

const HUGE = 400 * 1024 * 1024;

describe('a step that copies a file', function () {
  this.timeout(120_000);
  let server: Sshd;
  let engine: TestEngine;

  before(async function () {
    if (!haveSshd) return this.skip();
    server = await startSshd();
    writeFileSync(join(server.directory, 'known_hosts'), server.knownHost);
  });
  beforeEach(async () => {
    engine = await TestEngine.open({ knownHosts: [join(server.directory, 'known_hosts')], identities: [server.identity] });
  });
  afterEach(() => engine.close());
  after(() => server?.stop());

  function start(step: string, inputs?: Readonly<Record<string, string>>): Promise<TestRun> {
    const inventory = inventoryOfOne(server);
    const more = inputs === undefined ? '' : 'inputs: { file: { type: string } }\n';
    return engine.start(`  - { id: a, on: app, ${step} }`, { more, documents: { inventory, ...(inputs === undefined ? {} : { inputs }) } });
  }

  async function attemptOf(run: TestRun): Promise<AttemptState> {
    const attempt = (await run.finished()).steps['a']?.['one']?.attempts.at(-1);
    assert.ok(attempt);
    return attempt;
  }

  function downloads(run: TestRun): string {
    return join(engine.directory, 'state', 'runs', run.handle.run, 'downloads');
  }

  it('puts a file of the runbook under its own name into a folder, and says how large it was', async () => {
    writeFileSync(join(engine.directory, 'settings.conf'), 'x'.repeat(2000));
    mkdirSync(join(server.home, 'etc'));
    const run = await start(`upload: { file: settings.conf, to: ${server.home}/etc/ }`);
    assert.equal((await attemptOf(run)).ended?.outcome, 'succeeded');
    assert.equal(readFileSync(join(server.home, 'etc/settings.conf'), 'utf8').length, 2000);
    assert.match(run.output, /^settings\.conf -> \S*etc\/settings\.conf \(2 KiB, SHA-256 [0-9a-f]{64}\)$/m);
  });

  it('names a file that an input has named by its whole path', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    try {
      const file = join(elsewhere, 'release.bin');
      writeFileSync(file, '');
      truncateSync(file, 3 * 1024 * 1024);
      const run = await start(`upload: { file: "\${{ inputs.file }}", to: ${server.home}/release.bin }`, { file });
      assert.equal((await attemptOf(run)).ended?.outcome, 'succeeded');
      assert.ok(run.output.includes(`${file} -> `) && run.output.includes('(3.0 MiB, '), run.output);
      assert.ok(run.events.some((event) => event.type === 'attempt_progress' && /^\d+% of 3\.0 MiB sent$/.test(event.text)));
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('brings a file, also an empty one, into the folder of the run', async () => {
    writeFileSync(join(server.home, 'empty.log'), '');
    const run = await start(`download: { path: ${server.home}/empty.log, to: logs/empty.log }`);
    assert.equal((await attemptOf(run)).ended?.outcome, 'succeeded');
    assert.equal(readFileSync(join(downloads(run), 'logs/empty.log'), 'utf8'), '');
    assert.match(run.output, /empty\.log -> logs\/empty\.log \(0 KiB/);
  });

  it('sends and keeps nothing where a name leads elsewhere', async () => {
    const troubles: readonly (readonly [step: string, message: RegExp, next: RegExp])[] = [
      [`upload: { file: not-there.conf, to: ${server.home}/x }`, /"not-there\.conf" is not there/, /Put it there/],
      ['download: { path: empty.log, to: ../out.log }', /"\.\.\/out\.log" leaves the folder of the run/, /plain file name/],
    ];
    for (const [step, message, next] of troubles) {
      const { ended } = await attemptOf(await start(step));
      assert.deepEqual([ended?.outcome, ended?.failure?.reason], ['failed', 'value']);
      assert.match(ended?.failure?.message ?? '', message);
      assert.match(ended?.failure?.next ?? '', next);
    }
    assert.ok(!existsSync(join(server.home, 'x')));
  });

  it('follows no link out of the folder of the run', async () => {
    writeFileSync(join(server.home, 'small.log'), 'small');
    const outside = join(engine.directory, 'outside');
    mkdirSync(outside);
    const run = await start(
      `methods: { stop: { manual: Wait. }, copy: { download: { path: ${server.home}/small.log, to: way/small.log } } }`,
    );
    await run.finished();
    mkdirSync(downloads(run), { recursive: true });
    symlinkSync(outside, join(downloads(run), 'way'));
    const again = await engine.resume(run.handle.run, {
      answer: (open) => (open.kind === 'method' ? { kind: 'method', name: 'copy' } : { kind: 'stop' }),
    });
    const { ended } = await attemptOf(again);
    assert.match(ended?.failure?.message ?? '', /leaves the folder of the run over a link/);
    assert.deepEqual(readdirSync(outside), []);
  });

  for (const [what, step, place] of [
    ['sent', () => `upload: { file: huge.bin, to: ${server.home}/huge.bin }`, () => engine.directory],
    ['received', () => `download: { path: ${server.home}/huge.bin, to: huge.bin }`, () => server.home],
  ] as const) {
    it(`is cancelled while it is ${what}, and leaves nothing in the place of the file`, async () => {
      rmSync(join(server.home, 'huge.bin'), { force: true });
      writeFileSync(join(place(), 'huge.bin'), '');
      truncateSync(join(place(), 'huge.bin'), HUGE);
      const run = await start(step());
      await run.event(({ type }) => type === 'attempt_progress' || type === 'attempt_ended');
      await run.handle.stop('enough');
      const { ended } = await attemptOf(run);
      assert.deepEqual([ended?.outcome, ended?.failure?.reason], ['cancelled', 'cancelled']);
      const target = what === 'sent' ? join(server.home, 'huge.bin') : join(downloads(run), 'huge.bin');
      assert.ok(!existsSync(target));
    });
  }

  it('fails with the reason of the host where that does not take the file', async () => {
    writeFileSync(join(engine.directory, 'a.conf'), 'x');
    const { ended } = await attemptOf(await start('upload: { file: a.conf, to: no/such/folder/a.conf }'));
    assert.deepEqual([ended?.outcome, ended?.failure?.reason], ['failed', 'transfer']);
  });

  it('is done again where the runner ended under it: half a file is never in its place', async () => {
    writeFileSync(join(engine.directory, 'b.conf'), 'b');
    writeFileSync(join(server.home, 'b.log'), 'b');
    for (const step of [`upload: { file: b.conf, to: ${server.home}/b.conf }`, `download: { path: ${server.home}/b.log, to: b.log }`]) {
      const run = await start(step);
      await run.finished();
      await cutAfter(engine, run.handle.run, ({ type }) => type === 'attempt_intended');
      const again = await engine.resume(run.handle.run);
      const state = await again.finished();
      assert.deepEqual(
        state.steps['a']?.['one']?.attempts.map(({ ended }) => ended?.outcome),
        ['cancelled', 'succeeded'],
      );
    }
  });
});
