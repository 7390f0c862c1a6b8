import assert from 'node:assert/strict';
import { runProbe } from '../../src/engine/probes/probes.js';
import type { Probe } from '../../src/language/index.js';
import { contextWith } from '../engine/probes/support/context.js';
import { recordedConnection } from '../engine/probes/support/shellConnection.js';

/** A probe, what a Windows host printed, its exit code, and what follows from it. */
type Recording = readonly [what: string, probe: Probe, stdout: string, code: number, verdict: string, value?: string];

const NOW = '1795039200';
const pending: Probe = { file: { path: 'C:\\Windows\\WinSxS\\pending.xml', state: 'absent' } };
const saved: Probe = { file: { path: 'C:\\Backup\\iis-config.zip', max_age: '7d' } };
const hashed: Probe = { file: { path: 'C:\\Windows\\Temp\\monthly.msu', sha256: 'ab'.repeat(32) } };
const started: Probe = { service: { name: 'W3SVC' } };
const stopped: Probe = { service: { name: 'W3SVC', state: 'stopped' } };
const open: Probe = { port: { number: 443 } };
const closed: Probe = { port: { number: 443, state: 'closed' } };
const worker: Probe = { process: { name: 'w3wp' } };
const noWorker: Probe = { process: { name: 'w3wp', state: 'absent' } };
const installed: Probe = { command: { run: 'as in the example', stdout: '^Ready (0|3010|2359302)\\s*$' } };
const build: Probe = { command: { run: 'as in the example', capture: '(\\d+\\.\\d+\\.\\d+\\.\\d+)' } };
const administrator: Probe = { command: { run: 'as in the example', stdout: '^True\\s*$' } };

const processes = (...lines: readonly string[]): string =>
  `4711\r\njson\r\n${JSON.stringify(lines.map((CommandLine, index) => ({ ProcessId: index + 4711, ParentProcessId: 1, Name: 'x.exe', CommandLine })))}\r\n`;
const POWERSHELL = 'powershell.exe -NoLogo -NoProfile';

const recordings: readonly Recording[] = [
  ['a file that is there', pending, `found\r\nregular file|512|1794952800\r\n${NOW}\r\n`, 0, 'does_not_hold'],
  ['a file that is not', pending, `failed\r\nNo such file or directory\r\n${NOW}\r\n`, 0, 'holds'],
  ['a refusal, in German', pending, `failed\r\nDer Zugriff auf den Pfad wurde verweigert.\r\n${NOW}\r\n`, 0, 'could_not_tell'],
  ['no word about a file', pending, '', 0, 'could_not_tell'],
  ['no word about a file but line ends', pending, '\r\n\r\n', 0, 'could_not_tell'],
  ['a file of yesterday', saved, `found\r\nregular file|9000|1794952800\r\n${NOW}\r\n`, 0, 'holds'],
  ['a file of last month', saved, `found\r\nregular file|9000|1792360800\r\n${NOW}\r\n`, 0, 'does_not_hold'],
  ['a size with separators', saved, `found\r\nregular file|9.000|1794952800\r\n${NOW}\r\n`, 0, 'could_not_tell'],
  ['a running service', started, 'windows 0\r\nRunning\r\n', 0, 'holds'],
  ['a stopped service', started, 'windows 0\r\nStopped\r\n', 0, 'does_not_hold'],
  ['a service on its way down', stopped, 'windows 0\r\nStopPending\r\n', 0, 'does_not_hold'],
  ['a service that is not known', stopped, 'windows 1\r\n', 0, 'could_not_tell'],
  ['a state in another language', stopped, 'windows 0\r\nBeendet\r\n', 0, 'does_not_hold'],
  ['no word about a service', stopped, '', 0, 'could_not_tell'],
  ['a port among others', open, 'list\r\n22\r\n443\r\n18443\r\n', 0, 'holds'],
  ['only longer numbers', closed, 'list\r\n22\r\n4430\r\n18443\r\n', 0, 'holds'],
  ['no port at all', closed, 'list\r\n', 0, 'holds'],
  ['no list of ports', closed, '', 0, 'could_not_tell'],
  ['a list of ports that failed', closed, 'list\r\n', 1, 'could_not_tell'],
  ['a worker process', worker, processes(POWERSHELL, 'c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "Intranet"'), 0, 'holds'],
  [
    'a worker process in quotes and capitals',
    worker,
    processes(POWERSHELL, '"C:\\Windows\\System32\\inetsrv\\W3WP.EXE" -ap x'),
    0,
    'holds',
  ],
  ['no worker process', noWorker, processes(POWERSHELL, 'C:\\tools\\not-w3wp.exe'), 0, 'holds'],
  ['one process only, which is no list', noWorker, '4711\r\njson\r\n{"ProcessId":4,"ParentProcessId":0,"Name":"System"}\r\n', 0, 'holds'],
  ['a list of processes that is cut off', noWorker, '4711\r\njson\r\n[{"ProcessId":4,', 0, 'could_not_tell'],
  ['no list of processes', noWorker, '', 0, 'could_not_tell'],
  ['a task that has ended well', installed, 'Ready 3010\r\n', 0, 'holds'],
  ['a task under way', installed, 'Running 267009\r\n', 0, 'does_not_hold'],
  ['a task that has failed', installed, 'Ready 2149842967\r\n', 0, 'does_not_hold'],
  ['no word about a task', installed, '', 0, 'does_not_hold'],
  ['a build', build, '10.0.20348.3453\r\n', 0, 'holds', '10.0.20348.3453'],
  ['no build', build, '\r\n', 0, 'does_not_hold'],
  ['an administrator', administrator, 'True\r\n', 0, 'holds'],
  ['somebody else', administrator, 'False\r\n', 0, 'does_not_hold'],
  ['nobody knows whom', administrator, '', 0, 'does_not_hold'],
];

describe('answers of Windows hosts, recorded', () => {
  for (const [what, probe, stdout, code, verdict, value] of recordings) {
    it(`${what}: ${verdict.replaceAll('_', ' ')}`, async () => {
      const connection = recordedConnection({ kind: 'exited', code }, stdout);
      const context = contextWith({}, { platform: 'windows', connection: () => Promise.resolve(connection) });
      const told = await runProbe(probe, context);
      assert.equal(told.verdict, verdict, told.text);
      if (value !== undefined) assert.equal(told.value, value);
      assert.deepEqual([...new Set(connection.commands.map(({ shell }) => shell))], ['powershell']);
    });
  }

  for (const [digest, verdict] of [
    ['ab'.repeat(32), 'holds'],
    ['AB'.repeat(32), 'holds'],
    ['cd'.repeat(32), 'does_not_hold'],
  ] as const) {
    it(`the hash ${digest.slice(0, 4)}… of a file: ${verdict.replaceAll('_', ' ')}`, async () => {
      const answers = [`found\r\nregular file|9000|1794952800\r\n${NOW}\r\n`, `${digest}\r\n`];
      const context = contextWith(
        {},
        {
          platform: 'windows',
          connection: () => Promise.resolve(recordedConnection({ kind: 'exited', code: 0 }, answers.shift() ?? '')),
        },
      );
      assert.equal((await runProbe(hashed, context)).verdict, verdict);
    });
  }
});
