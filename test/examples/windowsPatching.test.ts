import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badNight, GOLDEN, goldenFiles, goodNight, nightOfFailure, nightWithoutReturn, textOf } from './windows/golden.js';
import type { FarmRun } from './windows/farmRun.js';

describe('the Windows example, over SSH against servers that answer as Windows would (not run on Windows)', function () {
  this.timeout(60_000);
  let good: FarmRun;
  let bad: FarmRun;
  let withoutReturn: FarmRun;
  let failure: FarmRun;
  before(async () => {
    [good, bad, withoutReturn, failure] = await Promise.all([goodNight(), badNight(), nightWithoutReturn(), nightOfFailure()]);
  });

  it('takes one server out, updates it and puts it back before it touches the next', () => {
    assert.equal(good.state.status, 'succeeded');
    const nightOf = (host: string): readonly string[] => [
      `PUT /machines/${host}/snapshots/KB5055526 {"memory":false}`,
      `PATCH /servers/${host} {"state":"draining"}`,
      `${host} Stop-WebAppPool`,
      `${host} stop W3SVC`,
      `${host} Start-ScheduledTask`,
      `${host} Restart-Computer`,
      `${host} Start-WebAppPool`,
      `PATCH /servers/${host} {"state":"enabled"}`,
    ];
    const rolling = good.acts.filter((act) => !/Invoke-WebRequest|Unregister/.test(act));
    assert.deepEqual(rolling, [...nightOf('web_1'), ...nightOf('web_2')]);
  });

  it('offers the remedy for a hanging request, and takes everything back where the update does not fit', () => {
    const failures = bad.gates.flatMap((gate) => (gate.kind === 'failure' ? [gate] : []));
    assert.deepEqual(
      failures.map(({ step, remedies }) => [step, ...remedies.filter(({ matches }) => matches).map(({ index }) => index)]),
      [
        ['servers@web_1/stop_pool', 0],
        ['servers@web_1/install', 0, 1],
        ['servers@web_1/install', 0, 1],
      ],
    );
    assert.equal(bad.state.status, 'stopped');
    assert.deepEqual(bad.acts.slice(bad.acts.indexOf('web_1 start W3SVC'), -2), [
      'web_1 start W3SVC',
      'web_1 Start-WebAppPool',
      'PATCH /servers/web_1 {"state":"enabled"}',
    ]);
    assert.ok(!bad.acts.some((act) => /web_2 (?!Invoke-WebRequest|Remove-Item)/.test(act)), 'the second server goes on working');
  });

  it('leaves the second server alone when the first cannot come back, or the site is gone', () => {
    assert.equal(withoutReturn.state.status, 'stopped');
    assert.equal(failure.state.status, 'failed');
    for (const { acts } of [withoutReturn, failure]) assert.ok(!acts.some((act) => act.includes('/web_2')), acts.join('\n'));
  });

  it('sends, byte for byte, the commands that are written down', () => {
    const sent = goldenFiles([good, bad, withoutReturn, failure]);
    assert.deepEqual([...sent.keys()].sort(), readdirSync(GOLDEN).sort());
    for (const [name, text] of sent) assert.equal(text, readFileSync(join(GOLDEN, name), 'utf8'), name);
  });

  it('sends the second server the same commands as the first', () => {
    const placed = (host: string): readonly string[] =>
      [
        ...new Set(good.commands.filter((command) => command.host === host).map((command) => `${command.place}\n${textOf(command)}`)),
      ].sort();
    assert.deepEqual(placed('web_2'), placed('web_1'));
  });
});
