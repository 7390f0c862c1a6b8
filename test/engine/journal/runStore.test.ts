import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../../../src/events/index.js';
import { findRunId, isRunId, newRunId } from '../../../src/engine/journal/runId.js';
import { listRuns, readRun, RunStore, verifyRuns } from '../../../src/engine/journal/runStore.js';
import type { OpenRun } from '../../../src/engine/journal/runStore.js';
import { defaultStateDirectory } from '../../../src/engine/journal/stateDirectory.js';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import type { RunEvent } from '../../../src/events/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY } from '../../support/running.js';
import { JournalFile } from '../../../src/engine/journal/journalFile.js';
import { rehearsalOf } from '../../../src/engine/journal/rehearsal.js';
import { assertPrivate } from '../../../src/engine/journal/stateDirectory.js';
import { closed, created, EMPTY_PLAN, remark, temporaryDirectory } from './support.js';

describe('run store', () => {
  const directory = temporaryDirectory();
  const state = (): string => join(directory(), 'state');
  const store = (): RunStore => new RunStore(state());

  function begun(at: string, end?: 'succeeded' | 'failed'): OpenRun {
    const run = store().create('sps_upgrade', new Date(at));
    run.journal.append(created(run.id, at));
    if (end !== undefined) run.journal.append(closed(2, end));
    return run;
  }

  it('makes a private place for each run', () => {
    const run = begun('2026-11-21T04:35:00.000Z');
    assert.match(run.id, /^20261121-0435-sps_upgrade-[a-z0-9]{4}$/);
    for (const path of [state(), join(state(), 'runs'), run.directory, run.outputDirectory, run.downloadDirectory])
      assert.equal(statSync(path).mode & 0o777, 0o700, path);
    assert.equal(run.epoch, 1);
    run.close();
  });

  it('lists runs, newest first, with what is wrong with them', async () => {
    assert.deepEqual(await listRuns(state()), []);
    const done = begun('2026-11-19T04:35:00.000Z', 'succeeded');
    const failed = begun('2026-11-20T04:35:00.000Z', 'failed');
    const damaged = begun('2026-11-21T04:35:00.000Z', 'failed');
    const running = begun('2026-11-22T04:35:00.000Z');
    for (const run of [done, failed, damaged]) run.close();
    const journal = join(damaged.directory, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('ada', 'eve'));
    mkdirSync(join(state(), 'runs', 'something else'));
    const list = await listRuns(state());
    assert.deepEqual(
      list.map(({ run, status, resumable }) => ({ run, status, resumable })),
      [
        { run: running.id, status: 'created', resumable: false },
        { run: damaged.id, status: 'unreadable', resumable: false },
        { run: failed.id, status: 'failed', resumable: true },
        { run: done.id, status: 'succeeded', resumable: false },
      ],
    );
    assert.equal(list[0]?.holder?.pid, process.pid);
    assert.equal(list[1]?.problem, 'Record 1 is not as it was written; what follows it cannot be trusted.');
    assert.equal(list[3]?.title, 'Upgrade of the appliances');
    running.close();
  });

  it('calls a run interrupted whose runner is certainly gone, counts what was under way as unknown, and writes nothing into it', async () => {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': `${LOCAL_HEAD}steps: [ { id: act, run: 'true', on: app } ]` },
      inventory: LOCAL_INVENTORY,
    });
    const run = store().create('sample');
    const event = created(run.id) as Extract<RunEvent, { type: 'run_created' }>;
    const append = (body: RunEvent): void => {
      run.journal.append(markMasked(body));
    };
    append({ ...event, plan });
    const place = { step: 'act', target: 'one', attempt: 1, seq: 2, at: event.at, mono: 0 };
    append({ type: 'attempt_intended', id: 'a1', at_host: 'one', ...place });
    append({ type: 'attempt_ended', outcome: 'unknown', durationMs: 1, ...place, seq: 3 });
    append({ type: 'attempt_intended', id: 'a2', at_host: 'two', ...place, target: 'two', seq: 4 });
    const held = store().read(run.id).summary;
    assert.deepEqual([held.status, held.unknown, held.resumable], ['created', 1, false]);
    run.close();
    writeFileSync(join(run.directory, 'lock.1'), JSON.stringify({ owner: { ...run.owner, pid: 2 ** 22 + 5 }, released: false }));
    const before = readFileSync(join(run.directory, 'journal.jsonl'));
    const [left] = await store().list();
    assert.deepEqual([left?.status, left?.unknown, left?.resumable, left?.holder], ['interrupted', 2, true, undefined]);
    assert.deepEqual(readFileSync(join(run.directory, 'journal.jsonl')), before);
    const elsewhere = { ...run.owner, host: 'elsewhere.example.com' };
    writeFileSync(join(run.directory, 'lock.1'), JSON.stringify({ owner: elsewhere, released: false }));
    const unsure = store().read(run.id).summary;
    assert.deepEqual([unsure.status, unsure.unknown, unsure.holder], ['created', 1, elsewhere]);
  });

  it('tells of runs without a journal, and of records that do not fit one another', async () => {
    const misfit = store().create('sps_upgrade', new Date('2026-11-20T04:35:00.000Z'));
    misfit.journal.append(remark(1));
    const bare = store().create('sps_upgrade', new Date('2026-11-19T04:35:00.000Z'));
    for (const run of [misfit, bare]) run.close();
    rmSync(join(bare.directory, 'journal.jsonl'));
    const torn = begun('2026-11-21T04:35:00.000Z', 'failed');
    torn.close();
    appendFileSync(join(torn.directory, 'journal.jsonl'), '{"hash');
    const [cut, ...list] = await listRuns(state());
    assert.deepEqual([cut?.resumable, cut?.problem], [true, 'The last record was cut off (6 bytes); it was never acknowledged.']);
    const damaged = readFileSync(join(torn.directory, 'journal.jsonl'), 'utf8').replace('the end', 'the End');
    writeFileSync(join(torn.directory, 'journal.jsonl'), `${damaged}\n{}\n`);
    assert.equal((await listRuns(state()))[0]?.resumable, false);
    assert.match(list[0]?.problem ?? '', /Record 1 does not fit/);
    assert.match(list[1]?.problem ?? '', /cannot be read \(ENOENT\)/);
  });

  it('tells runs of one minute apart by what their journals know', async () => {
    const at = { '20261121-0435-a-aaaa': '50', '20261121-0435-a-bbbb': '10', '20261121-0436-a-aaaa': '10', '20261121-0436-a-bbbb': '50' };
    for (const [id, second] of Object.entries(at)) {
      mkdirSync(join(state(), 'runs', id), { recursive: true });
      const journal = JournalFile.create(join(state(), 'runs', id, 'journal.jsonl'), id);
      journal.append(created(id, `2026-11-21T04:${id.slice(11, 13)}:${second}.000Z`));
      journal.close();
    }
    const names = (await listRuns(state())).map(({ run }) => run.slice(9));
    assert.deepEqual(names, ['0436-a-bbbb', '0436-a-aaaa', '0435-a-aaaa', '0435-a-bbbb']);
    assert.equal(rehearsalOf(state(), { ...EMPTY_PLAN.runbook, id: 'another' }, 'staging'), undefined);
    assert.throws(() => assertPrivate(join(state(), 'runs', '20261121-0435-a-aaaa', 'journal.jsonl')), /is not a directory/);
  });

  it('opens a run again by the beginning of its name, with a new epoch and a mended tail', () => {
    const run = begun('2026-11-21T04:35:00.000Z', 'failed');
    assert.throws(() => store().openForWriting(run.id), /is carrying out this run/);
    run.close();
    const journal = join(run.directory, 'journal.jsonl');
    appendFileSync(journal, '{"hash":"12');
    const again = store().openForWriting('20261121');
    assert.equal(again.id, run.id);
    assert.equal(again.epoch, 2);
    assert.deepEqual(again.events, [created(run.id), closed(2, 'failed')]);
    assert.match(again.mended ?? '', /11 bytes/);
    again.journal.append(remark(3));
    again.close();
    const read = readRun(state(), run.id.slice(-4));
    assert.equal(read.summary.problem, undefined);
    assert.equal(read.state?.remarks.length, 1);
  });

  it('only reads a journal that is damaged, and gives its lock back', () => {
    const run = begun('2026-11-21T04:35:00.000Z', 'failed');
    run.close();
    const journal = join(run.directory, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('ada', 'eve'));
    for (const _ of [1, 2]) assert.throws(() => store().openForWriting(run.id), /not as it was written/);
    truncateSync(journal, 3);
    assert.throws(() => store().openForWriting(run.id), /no first record/);
  });

  it('refuses a journal that is a link', () => {
    const run = begun('2026-11-21T04:35:00.000Z');
    run.close();
    const journal = join(run.directory, 'journal.jsonl');
    rmSync(journal);
    symlinkSync('/etc/passwd', journal);
    assert.throws(() => store().openForWriting(run.id), /symbolic link/);
  });

  it('lists and checks all other runs where one has been tampered with', async () => {
    const runs = ['20', '21', '22', '23'].map((day) => begun(`2026-11-${day}T04:35:00.000Z`, 'failed'));
    for (const run of runs) run.close();
    const [sound, linked, piped, replaced] = runs.map(({ directory: place }) => place) as [string, string, string, string];
    const journal = (place: string): string => join(place, 'journal.jsonl');
    for (const place of [linked, piped]) rmSync(journal(place));
    symlinkSync('/etc/passwd', journal(linked));
    execFileSync('mkfifo', [journal(piped)]);
    rmSync(replaced, { recursive: true });
    writeFileSync(replaced, '');
    const list = await listRuns(state());
    assert.deepEqual(
      list.map(({ status, resumable }) => [status, resumable]),
      [...Array.from({ length: 3 }, () => ['unreadable', false]), ['failed', true]],
    );
    const [first, second, third] = list.map(({ problem }) => problem ?? '') as [string, string, string];
    assert.match(first, /ENOTDIR/);
    assert.match(second, /journal\.jsonl is no plain file\. .*look at who changed it/);
    assert.match(third, /journal\.jsonl is a symbolic link\./);
    assert.deepEqual(
      verifyRuns(state()).map(({ condition, run }) => [condition, run]),
      [...[...runs].reverse().slice(0, 3)].map(({ id }) => ['unreadable', id]).concat([['sound', runs[0]?.id ?? '']]),
    );
    assert.throws(() => verifyRuns(state(), runs[1]?.id), /symbolic link/);
    assert.equal(rehearsalOf(state(), { ...EMPTY_PLAN.runbook, id: 'sps_upgrade' }, 'staging'), undefined);
    assert.ok(existsSync(journal(sound)));
  });

  it('refuses a state directory that others could write into', () => {
    mkdirSync(state());
    for (const mode of [0o770, 0o777, 0o722]) {
      chmodSync(state(), mode);
      assert.throws(
        () => store().create('r'),
        (error) => error instanceof HumanError && error.next.includes('chmod'),
      );
    }
    chmodSync(state(), 0o755);
    store().create('r').close();
    const link = join(directory(), 'link');
    symlinkSync(state(), link);
    assert.throws(() => new RunStore(link).create('r'), /symbolic link/);
    const file = join(directory(), 'file');
    writeFileSync(file, '');
    assert.throws(() => new RunStore(file).create('r'), HumanError);
    assert.ok(existsSync(file));
  });

  it('refuses a state directory of another user', function () {
    if (process.getuid?.() !== 0) this.skip();
    mkdirSync(state());
    const uid = process.getuid;
    process.getuid = () => 4711;
    try {
      assert.throws(() => store().create('r'), /belongs to another user/);
    } finally {
      process.getuid = uid;
    }
  });
});

describe('names of runs', () => {
  it('are readable, sortable and safe', () => {
    const id = newRunId('../Ä b', new Date('2026-11-21T04:35:59.000Z'));
    assert.match(id, /^20261121-0435-_b-[a-z0-9]{4}$/);
    assert.ok(isRunId(id) && isRunId(newRunId('', new Date())));
    assert.ok(!isRunId('..') && !isRunId('20261121-0435-a/b-abcd'));
  });

  it('are found by their beginning or their letters, and near ones are named', () => {
    const ids = ['20261122-0100-sps_upgrade-aaaa', '20261121-0100-sps_upgrade-bbbb', '20261121-0100-ucd-cccc'];
    assert.equal(findRunId(ids, '20261122'), ids[0]);
    assert.equal(findRunId(ids, 'cccc'), ids[2]);
    assert.equal(findRunId(ids, ids[1] as string), ids[1]);
    assert.throws(() => findRunId(ids, '20261121'), /more than one run: 20261121-0100-sps_upgrade-bbbb, 20261121-0100-ucd-cccc/);
    assert.throws(() => findRunId(ids, 'upgrade'), /no run "upgrade"\. Near it: 20261122.*aaaa, 20261121.*bbbb\.$/);
    assert.throws(() => findRunId(ids, 'zzz'), /The newest are: 20261122/);
    assert.throws(() => findRunId([], 'zzz'), /no runs at all/);
    assert.throws(() => findRunId(ids, ''), HumanError);
    assert.throws(
      () =>
        findRunId(
          Array.from({ length: 7 }, (_, at) => `2026112${String(at)}-0100-a-bbbb`),
          'bbbb',
        ),
      /and 2 more\./,
    );
  });
});

describe('place of the runs', () => {
  it('is where each system has it', () => {
    assert.equal(defaultStateDirectory('linux', {}, '/home/ada'), '/home/ada/.local/state/runbook-studio');
    assert.equal(defaultStateDirectory('linux', { XDG_STATE_HOME: '/var/ada' }, '/home/ada'), '/var/ada/runbook-studio');
    assert.equal(defaultStateDirectory('linux', { XDG_STATE_HOME: 'relative' }, '/home/ada'), '/home/ada/.local/state/runbook-studio');
    assert.equal(defaultStateDirectory('darwin', {}, '/Users/ada'), '/Users/ada/Library/Application Support/runbook-studio');
    assert.match(defaultStateDirectory('win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\ada'), /^C:\\Local.runbook-studio$/);
  });
});
