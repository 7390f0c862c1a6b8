import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliResult } from './support/cli.js';
import { Bench, journeyOf, runId } from './support/journey.js';

const HOST = 'sps_single';
const CHANGED = /but on record is \S+ SHA256:\S+\. Somebody may be in between/;

describe('a host whose key is not the known one is never connected to', function () {
  this.timeout(180_000);
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open(journeyOf('sps', 'lab_single'), '127.99');
  });
  afterEach(() => bench.close());

  it('an unknown key: the run ends, names the fingerprint, and says what to do', async () => {
    await trust([]);
    const result = await bench.start().done;
    untouched(result, /shows the \S+ key SHA256:[A-Za-z0-9+/]{43}, which is not known\. Compare the fingerprint with the host itself/);
  });

  it('a changed key', async () => {
    await trust([lineOf(HOST, await keyOf('minion_1'))]);
    const result = await bench.start().done;
    untouched(result, CHANGED);
  });

  it('a revoked key', async () => {
    const own = lineOf(HOST, await keyOf(HOST));
    await trust([own, `@revoked ${own}`]);
    const result = await bench.start().done;
    untouched(result, /which is revoked in line 2 of .*\. Do not connect/);
  });

  it('a key that changes while a run is stopped', async () => {
    bench.lab.set('sps.test_fails', true);
    const first = await bench.start().done;
    assert.equal(first.code, 1, first.out + first.err);
    const before = bench.lab.counters();
    bench.lab.set('sps.test_fails', false);
    await trust([lineOf(HOST, await keyOf('minion_1'))]);
    const resumed = await bench.resume(runId(first)).done;
    assert.notEqual(resumed.code, 0, resumed.out + resumed.err);
    assert.match(resumed.out + resumed.err, CHANGED);
    assert.deepEqual(bench.lab.counters(), before);
    bench.knownHosts = bench.lab.knownHosts;
    const mended = await bench.resume(runId(first)).done;
    assert.equal(mended.code, 0, mended.out + mended.err);
    assert.deepEqual(bench.verdict(runId(first)), []);
  });

  /** Nothing was done on the host, and no command line ever reached it. */
  function untouched(result: CliResult, told: RegExp): void {
    assert.notEqual(result.code, 0, result.out + result.err);
    assert.match(result.out + result.err, told);
    assert.doesNotMatch(result.out, /^[✓✗?] /m, 'no step is begun, not even a final one');
    assert.deepEqual(bench.lab.counters(), {});
    assert.equal(existsSync(join(bench.lab.directory, 'hosts', HOST, 'root/home/.cache')), false);
  }

  async function trust(lines: readonly string[]): Promise<void> {
    bench.knownHosts = join(bench.directory, 'known_hosts');
    await writeFile(bench.knownHosts, lines.map((line) => `${line}\n`).join(''));
  }

  /** Key type and key of a host, as the lab's own file has them. */
  async function keyOf(host: string): Promise<string> {
    const { address } = bench.lab.hosts.find(({ name }) => name === host) ?? {};
    const line = (await readFile(bench.lab.knownHosts, 'utf8')).split('\n').find((candidate) => candidate.startsWith(`[${address ?? ''}]`));
    assert.ok(line);
    return line.slice(line.indexOf(' ') + 1);
  }

  function lineOf(host: string, key: string): string {
    const { address } = bench.lab.hosts.find(({ name }) => name === host) ?? {};
    return `[${address ?? ''}]:2222 ${key}`;
  }
});
