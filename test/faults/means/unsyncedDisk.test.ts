import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildShim, readCalls, shimEnvironment, shimMissing } from './shim.js';
import type { Fault } from './shim.js';
import { UnsyncedDisk } from './unsyncedDisk.js';
import type { Survival } from './unsyncedDisk.js';

describe('a disk behind the shim', function () {
  this.timeout(60_000);
  let directory: string;
  let shim: string;
  before(function () {
    if (shimMissing() !== undefined) this.skip();
    directory = mkdtempSync(join(tmpdir(), 'shim-'));
    shim = buildShim(directory);
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  });

  /** What a program does to an empty disk; `survives` says what becomes of the things it did not sync. */
  function left(program: string, survives: Survival = 'kept', fault?: { at: number; kind: Fault; lasts?: boolean }) {
    const place = mkdtempSync(join(directory, 'case-'));
    const [disk, data, after, log] = ['disk', 'data', 'after', 'log'].map((name) => join(place, name)) as [string, string, string, string];
    mkdirSync(disk);
    mkdirSync(data);
    const env = shimEnvironment(shim, { root: disk, log, data, ...(fault === undefined ? {} : { fault }) });
    const head = `const fs = require('fs'); process.chdir(${JSON.stringify(disk)});`;
    const { stdout, signal } = spawnSync(process.execPath, ['-e', head + program], { env: { ...process.env, ...env }, encoding: 'utf8' });
    const model = new UnsyncedDisk(disk, data);
    const { calls, faulted } = readCalls(log);
    for (const call of calls) model.apply(call);
    model.leave(after, () => survives);
    const text = (name: string): string | undefined =>
      existsSync(join(after, name)) ? readFileSync(join(after, name), 'latin1') : undefined;
    return { text, out: stdout, signal, faulted, calls };
  }

  const write = `const fd = fs.openSync('a', 'wx'); fs.writeSync(fd, 'whole', 0, 'utf8');`;
  const syncDirectory = `fs.fsyncSync(fs.openSync('.', 'r'));`;

  it('keeps a file whose content and entry were synced', () => {
    assert.equal(left(`${write} fs.fdatasyncSync(fd); ${syncDirectory}`).text('a'), 'whole');
  });

  it('loses an entry that was not synced, and content that was not', () => {
    assert.equal(left(`${write} fs.fdatasyncSync(fd);`).text('a'), undefined);
    assert.equal(left(`${write} ${syncDirectory}`).text('a'), '');
  });

  it('may leave what was not synced whole, in part, or as zeros', () => {
    assert.equal(left(write, 'seen').text('a'), 'whole');
    assert.equal(left(write, 'part').text('a'), 'wh');
    assert.equal(left(write, 'zeros').text('a'), '\0\0\0\0\0');
  });

  it('undoes a rename, a link, a removal and a cut that were not synced', () => {
    const synced = `${write} fs.fdatasyncSync(fd); ${syncDirectory}`;
    assert.deepEqual(['a', 'b'].map(left(`${synced} fs.renameSync('a', 'b');`).text), ['whole', undefined]);
    assert.deepEqual(['a', 'b'].map(left(`${synced} fs.renameSync('a', 'b'); ${syncDirectory}`).text), [undefined, 'whole']);
    assert.deepEqual(['a', 'b'].map(left(`${synced} fs.linkSync('a', 'b');`).text), ['whole', undefined]);
    assert.equal(left(`${synced} fs.unlinkSync('a');`).text('a'), 'whole');
    assert.equal(left(`${synced} fs.ftruncateSync(fd, 2);`).text('a'), 'whole');
    assert.equal(left(`${synced} fs.ftruncateSync(fd, 2); fs.fdatasyncSync(fd);`).text('a'), 'wh');
  });

  it('fails one call, and with a full disk every later one that needs room, until something is removed', () => {
    const tries = `const tried = (what) => { try { what(); console.log('done'); } catch (error) { console.log(error.code); } };`;
    const program = `${write} ${tries} for (const text of ['x', 'y']) tried(() => fs.writeSync(fd, text)); tried(() => fs.unlinkSync('a')); tried(() => fs.writeSync(fd, 'z'));`;
    const words = (lasts: boolean) => left(program, 'kept', { at: 3, kind: 'ENOSPC', lasts }).out.trim().split('\n');
    assert.deepEqual(words(false), ['ENOSPC', 'done', 'done', 'done']);
    assert.deepEqual(words(true), ['ENOSPC', 'ENOSPC', 'done', 'done']);
  });

  it('writes less than it was given', () => {
    const program = `const fd = fs.openSync('a', 'wx'); console.log(fs.writeSync(fd, 'whole'));`;
    assert.equal(left(program, 'seen', { at: 2, kind: 'short' }).out, '2\n');
  });

  it('kills before and after a call', () => {
    const [earlier, later] = (['kill_before', 'kill_after'] as const).map((kind) => left(write, 'seen', { at: 2, kind }));
    assert.deepEqual([earlier?.signal, later?.signal], ['SIGKILL', 'SIGKILL']);
    assert.deepEqual([earlier?.text('a'), later?.text('a')], ['', 'whole']);
    assert.ok(later?.faulted);
  });

  it('counts nothing of other places, and nothing of children', () => {
    const program = `fs.writeFileSync('../beside', 'x'); require('child_process').execSync('echo x > child');`;
    assert.deepEqual(left(program).calls, []);
  });
});
