import assert from 'node:assert/strict';
import { ssh } from '../lab/core/sshClient.js';
import type { CliResult } from './support/cli.js';
import { Bench, journeyOf, runId } from './support/journey.js';

/** How a run has to end that meets a fault. */
interface Stop {
  readonly code: number;
  /** Step and host, as the summary names them. */
  readonly at: string;
  /** Words the operator must be told: what is wrong, and what to do. */
  readonly told: readonly RegExp[];
}

const REBOOT_TIMEOUT = /(id: reboot\n(?:.*\n)*? +timeout: )30m/;

describe('a fault stops a run where the procedure says, and the run goes on once it is mended', function () {
  this.timeout(120_000);
  let bench: Bench;
  afterEach(() => bench.close());

  it('sps: the upgrade test of the firmware fails', async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.90');
    bench.lab.set('sps.test_fails', true);
    const result = await bench.start().done;
    stopped(result, {
      code: 1,
      at: 'failed: The upgrade test passes (sps_single)',
      told: [/does not fit the new firmware/, /Correct what the test names, then test again/],
    });
    assert.equal(bench.lab.counters()['sps_single.firmware_activate'], undefined);
    bench.lab.set('sps.test_fails', false);
    await goesOn(bench, result);
  });

  it('sps: the web page does not come back in time', async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.91');
    const text = await bench.text('sps.runbook.yaml');
    const impatient = await bench.write('impatient.runbook.yaml', replaced(text, REBOOT_TIMEOUT, '$14s'));
    bench.lab.set('sps.web_not_back', true);
    const result = await bench.start(impatient).done;
    stopped(result, {
      code: 1,
      at: 'failed: Reboot into the new firmware (sps_single)',
      told: [
        /not back in time/,
        /The upgrade failed and could not be taken back/,
        /read the local console, collect the upgrade log, contact support/,
      ],
    });
    bench.lab.set('sps.web_not_back', false);
    await goesOn(bench, result);
  });

  for (const closes of [true, false]) {
    it(`sps: the upgrade fails and cannot be taken back, which opens SSH; ${closes ? 'it is closed' : 'without its last step it stays open'}`, async () => {
      bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.97');
      const text = replaced(await bench.text('sps.runbook.yaml'), REBOOT_TIMEOUT, '$14s');
      const last = / {2}- id: close_ssh\n(?:.*\n)*?(?=finally:)/;
      const runbook = await bench.write('impatient.runbook.yaml', closes ? text : replaced(text, last, ''));
      bench.lab.set('sps.revert_fails', true);
      const result = await bench.start(runbook).done;
      stopped(result, {
        code: 1,
        at: 'failed: Reboot into the new firmware (sps_single)',
        told: [/SSH may now be open on every interface/, /contact support/],
      });
      bench.lab.set('sps.revert_fails', false);
      const resumed = await bench.resume(runId(result)).done;
      assert.equal(resumed.code, 0, resumed.out + resumed.err);
      assert.deepEqual(bench.verdict(runId(result)), closes ? [] : ['SSH of sps_single is open on every interface']);
    });
  }

  it('sps: the connection drops in mid-step', async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.92');
    bench.lab.set('sps.drop_connection', true);
    const result = await bench.start().done;
    assert.match(result.out, /Use the new firmware after the next reboot \(sps_single\) {2}The connection broke; asking the host/);
    assert.equal(result.code, 0, result.out + result.err);
    assert.equal(bench.lab.counters()['sps_single.firmware_activate'], 1, 'what was done before the cut is not done again');
    assert.deepEqual(bench.verdict(runId(result)), []);
  });

  it('sps: the connection drops in mid-step, and only what the host kept of the command tells that it was done', async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.93');
    const text = await bench.text('sps.runbook.yaml');
    const blind = await bench.write('blind.runbook.yaml', replaced(text, /(id: activate\n(?:.*\n)*?) +verify: .*\n/, '$1'));
    bench.lab.set('sps.drop_connection', true);
    const result = await bench.start(blind).done;
    assert.equal(result.code, 0, result.out + result.err);
    assert.match(
      result.out,
      /Use the new firmware after the next reboot \(sps_single\) {2}The connection is back; the command went on meanwhile/,
    );
    assert.equal(bench.lab.counters()['sps_single.firmware_activate'], 1);
    assert.deepEqual(bench.verdict(runId(result)), []);
  });

  it('sps: a command is killed after its work, and nothing tells whether the step was done', async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.100');
    const text = await bench.text('sps.runbook.yaml');
    const unseen = replaced(text, /(id: activate\n(?:.*\n)*?) +verify: .*\n/, '$1');
    const blind = await bench.write(
      'blind.runbook.yaml',
      replaced(unseen, /run: 'sps firmware activate "\$1"'/, `run: 'sps firmware activate "$$1"; kill -KILL 0'`),
    );
    const result = await bench.start(blind).done;
    stopped(result, {
      code: 5,
      at: 'unknown: Use the new firmware after the next reboot (sps_single)',
      told: [/left no exit code/, /nobody can know how far it came/i],
    });
    const again = await bench.resume(runId(result), ['--on-unknown', 'stop']).done;
    assert.equal(again.code, 5, again.out + again.err);
    assert.equal(bench.lab.counters()['sps_single.firmware_activate'], 1, 'it is not done again unasked');
    await goesOn(bench, result, ['--on-unknown', 'succeeded']);
    assert.equal(bench.lab.counters()['sps_single.firmware_activate'], 1);
  });

  it('urbancode-ha: a server still runs after it was shut down', async () => {
    bench = await Bench.open(journeyOf('urbancode-ha', 'lab_two'), '127.94');
    bench.lab.set('ucd.server_still_runs', true);
    const result = await bench.start().done;
    stopped(result, {
      code: 1,
      at: 'failed: There is no pid file (ucd_b)',
      told: [/The server went on running after its service was stopped/, /Remedy: Stop it by force/],
    });
    assert.equal(installations(bench), 0);
    await stopByForce(bench);
    await goesOn(bench, result);
  });

  it('urbancode-ha: a server still runs when the installer starts', async () => {
    bench = await Bench.open(journeyOf('urbancode-ha', 'lab_two'), '127.95');
    const text = await bench.text('urbancode.runbook.yaml');
    const blind = await bench.write('blind.runbook.yaml', replaced(text, / {2}- id: really_stopped\n(?:.*\n)*?(?= {2}- id: )/, ''));
    bench.lab.set('ucd.server_still_runs', true);
    const result = await bench.start(blind).done;
    stopped(result, {
      code: 1,
      at: 'failed: Run the installer (ucd_b)',
      told: [/A server process is still running on this host/, /Remedy: Stop it by force/],
    });
    assert.equal(bench.lab.counters()['ucd_b.install'], undefined);
    await stopByForce(bench);
    const resumed = await bench.resume(runId(result)).done;
    assert.equal(resumed.code, 0, resumed.out + resumed.err);
    assert.deepEqual(bench.lab.done('urbancode/two'), []);
    assert.match(
      bench.lab.violations().join('\n'),
      /the installer changed ucd_a while ucd_b was still running/,
      'why the checks are there',
    );
  });

  it('urbancode-ha: the connection drops under the installer, and a look at the server tells that it was done', async () => {
    bench = await Bench.open(journeyOf('urbancode-ha', 'lab_two'), '127.98');
    bench.lab.set('ucd.drop_connection', true);
    const result = await bench.start().done;
    assert.match(result.out, /Run the installer \(ucd_a\) {2}The connection broke; asking the host/);
    assert.equal(result.code, 0, result.out + result.err);
    assert.equal(bench.lab.counters()['ucd_a.install'], 1);
    assert.equal(bench.lab.counters()['ucd_b.install'], 1);
    assert.deepEqual(bench.verdict(runId(result)), []);
  });

  it('urbancode-ha: the second node asks for the database upgrade', async () => {
    bench = await Bench.open(journeyOf('urbancode-ha', 'lab_two'), '127.96');
    bench.lab.set('ucd.second_node_asks_for_database', true);
    const result = await bench.start().done;
    stopped(result, {
      code: 1,
      at: 'failed: Run the installer (ucd_b)',
      told: [/The first server has upgraded the database already; a second upgrade would damage it/],
    });
    assert.equal(bench.lab.counters()['ucd_two_db.migrate'], 1);
    bench.lab.set('ucd.second_node_asks_for_database', false);
    await goesOn(bench, result);
    assert.equal(bench.lab.counters()['ucd_two_db.migrate'], 1);
  });
});

function stopped(result: CliResult, stop: Stop): void {
  const printed = result.out + result.err;
  assert.equal(result.code, stop.code, printed);
  assert.ok(printed.includes(`  ${stop.at}\n`), `it does not stop at “${stop.at}”:\n${printed}`);
  for (const words of stop.told) assert.match(printed, words);
}

/** Resumes a run to its end, and asks the lab what it thinks of it. */
async function goesOn(bench: Bench, stoppedRun: CliResult, more: readonly string[] = []): Promise<void> {
  const result = await bench.resume(runId(stoppedRun), more).done;
  assert.equal(result.code, 0, result.out + result.err);
  assert.deepEqual(bench.verdict(runId(stoppedRun)), []);
}

function installations(bench: Bench): number {
  return Object.keys(bench.lab.counters()).filter((counter) => counter.endsWith('.install')).length;
}

/** The remedy of the procedure, carried out by hand on the server that went on running. */
async function stopByForce(bench: Bench): Promise<void> {
  bench.lab.set('ucd.server_still_runs', false);
  const server = bench.lab.hosts.find(({ name }) => name === 'ucd_b');
  assert.ok(server);
  assert.equal((await ssh(server.address, bench.lab.identity, 'ucd-server-script stop -force')).code, 0);
}

/** The text with one place replaced, which must be there. */
function replaced(text: string, pattern: RegExp, by: string): string {
  assert.match(text, pattern);
  return text.replace(pattern, by);
}
