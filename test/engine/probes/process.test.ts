import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseProcesses, programNames, withoutSelf } from '../../../src/engine/probes/look/processList.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { contextWith } from './support/context.js';
import { recordedConnection } from './support/shellConnection.js';

describe('process probe on this machine', () => {
  let directory: string;
  const children: ChildProcess[] = [];
  const start = async (program: string, args: readonly string[]): Promise<void> => {
    const child = spawn(program, [...args], { stdio: 'ignore' });
    children.push(child);
    await new Promise((resolve) => child.once('spawn', resolve));
  };
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'process-probe-'));
    await symlink('/bin/sleep', join(directory, 'ucd-probe-server'));
    const script = join(directory, 'ucd-probe-script');
    await writeFile(script, '#!/bin/sh\nsleep 60 & wait\n', { mode: 0o755 });
    await start(join(directory, 'ucd-probe-server'), ['60.25']);
    await start(script, []);
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });

  const verdict = async (settings: object): Promise<string> => (await runProbe({ process: settings }, contextWith())).verdict;

  it('finds a program by its whole name, and a script by its own', async () => {
    assert.equal(await verdict({ name: 'ucd-probe-server' }), 'holds');
    assert.equal(await verdict({ name: 'ucd-probe-server', state: 'absent' }), 'does_not_hold');
    assert.equal(await verdict({ name: 'ucd-probe-script' }), 'holds');
    assert.equal(await verdict({ name: 'ucd-probe' }), 'does_not_hold');
    assert.equal(await verdict({ name: 'probe-server', state: 'absent' }), 'holds');
  });

  it('counts several', async () => {
    await start(join(directory, 'ucd-probe-server'), ['60.5']);
    const { text, detail } = await runProbe({ process: { name: 'ucd-probe-server' } }, contextWith());
    assert.equal(text, '2 processes "ucd-probe-server" run');
    assert.equal(detail?.split('\n').length, 2);
  });

  it('finds a command line, but never the look itself', async () => {
    assert.equal(await verdict({ command_line: 'ucd-probe-server 60\\.25' }), 'holds');
    assert.equal(await verdict({ command_line: 'ppid=,args=', state: 'absent' }), 'holds');
    assert.equal(await verdict({ command_line: 'no-such-thing-[0-9]+', state: 'absent' }), 'holds');
  });

  it('could not tell where processes cannot be listed', async () => {
    const mute = contextWith({}, { connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 0 }, '123\n')) });
    assert.equal((await runProbe({ process: { name: 'x', state: 'absent' } }, mute)).verdict, 'could_not_tell');
    const failing = contextWith(
      {},
      { connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 1 }, '20\ncolumns\n 1 0 init\n')) },
    );
    assert.match((await runProbe({ process: { name: 'x' } }, failing)).text, /cannot be listed: exit code 1$/);
  });
});

describe('lists of processes from other systems', () => {
  const commandLines = (output: string): readonly string[] => {
    const list = parseProcesses(output);
    assert.ok(list !== undefined);
    return withoutSelf(list).map(({ commandLine }) => commandLine);
  };

  it('reads ps -eo and leaves out the look, the shells above it and what has ended', () => {
    const output = `20
columns
      1       0 /sbin/init
     10       1 sshd: root@notty
     15      10 sh -c wrapper about ucd-server
     17      15 sh -c wrapper about ucd-server
     20      15 sh -eu -s
     21      20 ps -eo pid=,ppid=,args=
     30       1 /opt/ucd/bin/ucd-server -p 8443
     31      30 [ucd-helper] <defunct>
`;
    assert.deepEqual(commandLines(output), ['/sbin/init', 'sshd: root@notty', '/opt/ucd/bin/ucd-server -p 8443']);
  });

  it('reads ps -ef', () => {
    const output =
      '20\ntitled\nUID          PID    PPID  C STIME TTY          TIME CMD\nroot           1       0  0 08:00 ?        00:00:01 /sbin/init\nucd           30       1  0 08:01 ?        00:00:09 java -jar ucd.jar  --x\nroot          20       1  0 08:02 ?        00:00:00 sh -eu -s\nroot          21      20  0 08:02 ?        00:00:00 ps -ef\n';
    assert.deepEqual(commandLines(output), ['/sbin/init', 'java -jar ucd.jar  --x']);
  });

  it('reads busybox, which names no parents', () => {
    const output =
      '20\ntitled\nPID   USER     TIME  COMMAND\n    1 root      0:00 {init} /sbin/init\n   20 root      0:00 sh -eu -s\n   21 root      0:00 ps\n   30 ucd       0:09 /opt/ucd/bin/ucd-server\n';
    assert.deepEqual(commandLines(output), ['/sbin/init', '/opt/ucd/bin/ucd-server']);
  });

  it('reads the Windows list', () => {
    const output =
      '20\r\njson\r\n[{"ProcessId":4,"ParentProcessId":0,"Name":"System","CommandLine":null},{"ProcessId":20,"ParentProcessId":4,"Name":"powershell.exe","CommandLine":"powershell -NoProfile"},{"ProcessId":30,"ParentProcessId":4,"Name":"w3wp.exe","CommandLine":"\\"C:\\\\Program Files\\\\w3wp.exe\\" -ap pool"}]\r\n';
    assert.deepEqual(commandLines(output), ['System', '"C:\\Program Files\\w3wp.exe" -ap pool']);
  });

  it('compares names on Windows without case and suffix', async () => {
    const output =
      '20\njson\n[{"ProcessId":30,"ParentProcessId":4,"Name":"w3wp.exe","CommandLine":"\\"C:\\\\Program Files\\\\W3WP.exe\\" -ap pool"}]\n';
    const context = contextWith(
      {},
      { platform: 'windows', connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 0 }, output)) },
    );
    assert.equal((await runProbe({ process: { name: 'w3wp' } }, context)).verdict, 'holds');
  });

  it('reads a Windows list of one process, and one without a name', () => {
    const only = '20\njson\n{"ProcessId":30,"ParentProcessId":4,"Name":null,"CommandLine":null}\n';
    assert.deepEqual(parseProcesses(only)?.processes, [{ pid: 30, parent: 4, commandLine: '' }]);
  });

  it('takes neither an empty nor a foreign list for one', () => {
    for (const output of [
      '20\njson\n[{',
      '20\ntitled',
      '',
      '20\n',
      '20\ncolumns\n',
      '20\ntitled\nno titles here\n',
      'x\ncolumns\n 1 0 init\n',
    ])
      assert.equal(parseProcesses(output), undefined);
  });

  it('knows the names a process goes by', () => {
    assert.deepEqual(programNames('/usr/bin/python3 -u /opt/x/serve.py --port 1'), ['python3', 'serve.py']);
    assert.deepEqual(programNames('sshd: root@pts/0'), ['sshd']);
    assert.deepEqual(programNames('-bash'), ['bash']);
    assert.deepEqual(programNames('"C:\\Program Files\\a b.exe" -x'), ['a b.exe']);
  });
});
