import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { parseFileState } from '../../../src/engine/probes/look/fileState.js';
import { fileContent, fileHash, parseHash } from '../../../src/engine/probes/look/fileContent.js';
import { LOOK_LIMIT } from '../../../src/engine/probes/look/look.js';
import { contextWith } from './support/context.js';
import { recordedConnection, shellConnection } from './support/shellConnection.js';

describe('file probe on this machine', () => {
  let directory: string;
  let file: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'file probe '));
    file = join(directory, 'it\'s $(a) "name"');
    await writeFile(file, 'state=ready\nport=8443\n');
  });
  after(() => rm(directory, { recursive: true }));

  const verdict = async (settings: object): Promise<string> =>
    (await runProbe({ file: { path: file, ...settings } }, contextWith())).verdict;

  it('tells present from absent', async () => {
    assert.equal(await verdict({}), 'holds');
    assert.equal(await verdict({ state: 'absent' }), 'does_not_hold');
    assert.equal(await verdict({ path: `${file}.gone` }), 'does_not_hold');
    assert.equal(await verdict({ path: `${file}.gone`, state: 'absent' }), 'holds');
    assert.equal(await verdict({ path: `${file}/below`, state: 'absent' }), 'holds');
    assert.equal(await verdict({ path: directory }), 'holds');
  });

  it('follows links, so that one to nowhere is absent', async () => {
    const link = join(directory, 'link');
    await symlink(`${file}.gone`, link);
    assert.equal(await verdict({ path: link }), 'does_not_hold');
  });

  it('searches the text, line by line and as a whole', async () => {
    assert.equal(await verdict({ contains: 'port=8443' }), 'holds');
    assert.equal(await verdict({ contains: 'port=18443' }), 'does_not_hold');
  });

  it('compares the age with the clock of the host', async () => {
    const old = new Date(Date.now() - 3 * 3600_000);
    await utimes(file, old, old);
    assert.equal(await verdict({ max_age: '4h' }), 'holds');
    const tooOld = await runProbe({ file: { path: file, max_age: '2h' } }, contextWith());
    assert.equal(tooOld.verdict, 'does_not_hold');
    assert.match(tooOld.text, /changed 3 h ago; at most 2h/);
    for (const [seconds, spelled] of [
      [90, /9\d s ago|1\d\d s ago/],
      [600, /10 min ago/],
      [4 * 86_400, /4 days ago/],
    ] as const) {
      const then = new Date(Date.now() - seconds * 1000);
      await utimes(file, then, then);
      assert.match((await runProbe({ file: { path: file, max_age: '30s' } }, contextWith())).text, spelled);
    }
    assert.equal(await verdict({ max_age: 'soon' }), 'could_not_tell');
  });

  it('compares the SHA-256, given in either case or as an input', async () => {
    const sha = createHash('sha256').update('state=ready\nport=8443\n').digest('hex');
    assert.equal(await verdict({ sha256: sha.toUpperCase() }), 'holds');
    assert.equal(await verdict({ sha256: '0'.repeat(64) }), 'does_not_hold');
    const context = contextWith({ inputs: { sum: sha } });
    assert.equal((await runProbe({ file: { path: file, sha256: '${{ inputs.sum }}' } }, context)).verdict, 'holds');
    assert.equal(await verdict({ sha256: 'abc' }), 'could_not_tell');
  });

  it('could not tell about a text that is too large, or a file that cannot be read to its end', async () => {
    const large = join(directory, 'large');
    await writeFile(large, '');
    await truncate(large, LOOK_LIMIT + 1);
    const { verdict: open, text } = await runProbe({ file: { path: large, contains: 'x' } }, contextWith());
    assert.deepEqual([open, text], ['could_not_tell', `"${large}" is too large to be searched (${String(LOOK_LIMIT + 1)} bytes)`]);
    const at = (code: number, stdout: string, stderr = ''): ReturnType<typeof contextWith> =>
      contextWith({}, { connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code }, stdout, stderr)) });
    // It has grown since its size was asked for.
    await assert.rejects(fileContent(at(0, 'x'.repeat(LOOK_LIMIT + 1)), '/f'), /"\/f" is too large to be searched/);
    await assert.rejects(fileContent(at(1, '', 'cat: /f: Input/output error\n'), '/f'), /cannot be read: cat: \/f: Input\/output error/);
    await assert.rejects(fileHash(at(2, ''), '/f'), /"\/f" cannot be hashed: exit code 2/);
  });

  it('takes only what is an absolute path where it is used', async () => {
    const windows = (path: string): ReturnType<typeof runProbe> => {
      const recorded = recordedConnection({ kind: 'exited', code: 0 }, 'found\r\nregular file|1|1700000000\r\n1700000001\r\n');
      return runProbe({ file: { path } }, contextWith({}, { platform: 'windows', connection: () => Promise.resolve(recorded) }));
    };
    assert.equal((await windows('C:\\logs\\x.log')).verdict, 'holds');
    assert.equal((await windows('/var/log')).verdict, 'could_not_tell');
    assert.match((await runProbe({ file: { path: '/a\0b' } }, contextWith())).text, /contains a NUL character/);
  });

  it('could not tell about a relative path, the text of a directory, or an unknown name', async () => {
    assert.equal(await verdict({ path: 'var/server.pid', state: 'absent' }), 'could_not_tell');
    assert.equal(await verdict({ path: directory, contains: 'x' }), 'could_not_tell');
    const unknown = await runProbe({ file: { path: '/${{ facts.unread }}', state: 'absent' } }, contextWith());
    assert.equal(unknown.verdict, 'could_not_tell');
    assert.match(unknown.text, /facts\.unread is not known/);
  });

  it('could not tell about a file that it may not read, or on a host without stat', async function () {
    const bin = join(directory, 'bin');
    await mkdir(bin);
    const poor = contextWith({}, { connection: () => Promise.resolve(shellConnection(bin)) });
    assert.equal((await runProbe({ file: { path: file, state: 'absent' } }, poor)).verdict, 'could_not_tell');
    const denied = recordedConnection({ kind: 'exited', code: 0 }, "failed\nstat: cannot statx '/root/x': Permission denied\n1700000000\n");
    const context = contextWith({}, { connection: () => Promise.resolve(denied) });
    assert.equal((await runProbe({ file: { path: '/root/x', state: 'absent' } }, context)).verdict, 'could_not_tell');
  });

  it('passes the path as an argument, never inside the script', async () => {
    const recorded = recordedConnection({ kind: 'exited', code: 0 }, 'found\nregular file|1|1700000000\n1700000001\n');
    await runProbe({ file: { path: '/a/$(reboot)' } }, contextWith({}, { connection: () => Promise.resolve(recorded) }));
    assert.deepEqual(recorded.commands[0]?.args, ['/a/$(reboot)']);
    assert.ok(!recorded.commands[0]?.script.includes('reboot'));
  });
});

describe('answers about files from other systems', () => {
  it('reads busybox, BSD and Windows', () => {
    assert.deepEqual(parseFileState('found\nregular file|22|1700000000\n1700000060\n', '/f'), {
      kind: 'present',
      regular: true,
      what: 'regular file',
      size: 22,
      changed: 1700000000,
      now: 1700000060,
    });
    assert.equal((parseFileState('found\nRegular File|22|1700000000\n1700000060\n', '/f') as { regular: boolean }).regular, true);
    assert.equal((parseFileState('found\r\ndirectory|0|1700000000\r\n1700000060\r\n', 'C:\\d') as { regular: boolean }).regular, false);
  });

  it('knows the messages for a path that is not there', () => {
    for (const message of [
      "stat: can't stat '/f': No such file or directory",
      'stat: /f: stat: No such file or directory',
      'No such file or directory',
      "stat: cannot statx '/f/g': Not a directory",
    ]) {
      assert.deepEqual(parseFileState(`failed\n${message}\n1700000060\n`, '/f'), { kind: 'absent' });
    }
  });

  it('never takes another message for absence', () => {
    for (const output of [
      '',
      'failed\nsh: 1: stat: not found\n1700000060\n',
      'found\n\n1700000060\n',
      'found\n',
      'failed\nAccess to the path is denied.\n1700000060\n',
    ]) {
      assert.throws(() => parseFileState(output, '/f'), { name: 'CannotTell' });
    }
  });

  it('reads the digests of sha256sum, shasum and openssl', () => {
    const sha = 'a'.repeat(64);
    for (const line of [`${sha}  /f`, `\\${sha}  /f\\\\n`, `${sha} */f`, `${sha.toUpperCase()}`])
      assert.equal(parseHash(`${line}\n`, '/f'), sha);
    assert.throws(() => parseHash('d41d8cd98f00b204e9800998ecf8427e  /f', '/f'), { name: 'CannotTell' });
  });
});
