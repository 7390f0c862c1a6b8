import assert from 'node:assert/strict';
import type { Probe } from '../../../src/language/index.js';
import { runProbe } from '../../../src/engine/probes/probes.js';
import { contextWith } from './support/context.js';

const yes: Probe = { that: 'true' };
const no: Probe = { that: 'false' };
const open: Probe = { that: 'facts.unread == "x"' };
const context = contextWith();

describe('all, any and not over three answers', () => {
  const table: readonly (readonly [Probe, string])[] = [
    [{ all: [yes, yes] }, 'holds'],
    [{ all: [yes, no] }, 'does_not_hold'],
    [{ all: [yes, open] }, 'could_not_tell'],
    [{ all: [open, no] }, 'does_not_hold'],
    [{ any: [no, yes] }, 'holds'],
    [{ any: [no, no] }, 'does_not_hold'],
    [{ any: [no, open] }, 'could_not_tell'],
    [{ any: [open, yes] }, 'holds'],
    [{ not: yes }, 'does_not_hold'],
    [{ not: no }, 'holds'],
    [{ not: open }, 'could_not_tell'],
    [{ not: { any: [no, { not: { all: [yes, open] } }] } }, 'could_not_tell'],
  ];
  for (const [probe, expected] of table) {
    it(`${JSON.stringify(probe)} ${expected}`, async () => assert.equal((await runProbe(probe, context)).verdict, expected));
  }

  it('names what is missing', async () => {
    assert.match((await runProbe({ all: [yes, open] }, context)).text, /facts\.unread is not known/);
  });

  it('lists what was asked only where that is more than one', async () => {
    assert.equal((await runProbe({ all: [yes] }, context)).detail, undefined);
    assert.match((await runProbe({ all: [yes, open] }, context)).detail ?? '', /^holds: .*\ncould not tell: /);
  });

  it('that passed the checks of the language without a kind is a bug of ours', async () => {
    await assert.rejects(runProbe({}, context), /without a kind/);
  });

  it('gives the value of the one that held, and none through not', async () => {
    const probe: Probe = { command: { run: 'echo 7' } };
    assert.equal((await runProbe({ any: [no, probe] }, context)).value, '7');
    assert.equal((await runProbe({ not: { not: probe } }, context)).value, undefined);
  });
});

describe('that', () => {
  it('takes short cuts around what is unknown', async () => {
    assert.equal((await runProbe({ that: 'true || facts.unread == "x"' }, context)).verdict, 'holds');
    assert.equal((await runProbe({ that: 'false && facts.unread == "x"' }, context)).verdict, 'does_not_hold');
  });

  it('names everything that is missing', async () => {
    const missing = contextWith({}, { condition: () => Promise.resolve({ unknown: ['facts.a', 'facts.b'] }) });
    assert.match((await runProbe({ that: 'facts.a == facts.b' }, missing)).text, /: facts\.a, facts\.b are not known$/);
  });

  it('could not tell when the expression fails', async () => {
    assert.equal((await runProbe({ that: '[1, 2][inputs.n] == 3' }, contextWith({ inputs: { n: 7 } }))).verdict, 'could_not_tell');
  });
});

describe('same', () => {
  const ask = (facts: Record<string, string>, across: string | string[] = ['web', 'database'], fact = 'installed') =>
    runProbe({ same: { fact, across } }, contextWith({ facts }));

  it('compares versions as versions, other facts as they are', async () => {
    const agreed = await ask({ 'a.installed': '7.0.2', 'b.installed': '7.0.2', 'c.installed': '7.0.2' });
    assert.equal(agreed.verdict, 'holds');
    assert.equal(agreed.value, '7.0.2');
    assert.equal((await ask({ 'a.installed': '7.0.10', 'b.installed': '7.0.9' }, 'web')).verdict, 'does_not_hold');
    assert.equal((await ask({ 'a.mode': 'x', 'b.mode': 'X' }, 'web', 'mode')).verdict, 'does_not_hold');
  });

  it('is decided by a difference, even when a host is unknown', async () => {
    const verdict = await ask({ 'a.installed': '1.0', 'b.installed': '2.0' });
    assert.equal(verdict.verdict, 'does_not_hold');
    assert.match(verdict.text, /a: 1\.0, b: 2\.0/);
  });

  it('could not tell when a host is unknown and the others agree', async () => {
    const verdict = await ask({ 'a.installed': '1.0', 'b.installed': '1.0' });
    assert.equal(verdict.verdict, 'could_not_tell');
    assert.match(verdict.text, /not known of c/);
  });

  it('could not tell when nothing is known of anybody', async () => {
    const { verdict, text, detail } = await ask({}, 'web');
    assert.deepEqual([verdict, text, detail], ['could_not_tell', 'installed is not known of a, b', undefined]);
  });

  it('holds where there is nobody to differ', async () => assert.equal((await ask({}, 'nobody')).verdict, 'holds'));
});

describe('host', () => {
  const boots = { bootIdAtStart: () => 'one', bootIdNow: (host: string) => Promise.resolve(host === 'a' ? 'two' : 'one') };

  it('looks at every host the step is about', async () => {
    const half = contextWith({}, { about: ['a', 'b'], reachable: (host) => Promise.resolve(host === 'a') });
    const verdict = await runProbe({ host: 'reachable' }, half);
    assert.deepEqual([verdict.verdict, verdict.text], ['does_not_hold', 'b does not answer']);
    assert.equal((await runProbe({ host: 'unreachable' }, half)).text, 'a answers');
    assert.equal((await runProbe({ host: 'unreachable' }, { ...half, about: ['b'] })).verdict, 'holds');
  });

  it('compares boot ids', async () => {
    assert.equal((await runProbe({ host: 'rebooted' }, contextWith({}, { about: ['a'], ...boots }))).verdict, 'holds');
    assert.equal((await runProbe({ host: 'rebooted' }, contextWith({}, { about: ['a', 'b'], ...boots }))).verdict, 'does_not_hold');
    assert.equal((await runProbe({ host: 'rebooted' }, contextWith({}, { about: ['a'] }))).verdict, 'could_not_tell');
  });

  it('could not tell about a boot when the host does not tell its boot id any more', async () => {
    const silent = contextWith({}, { bootIdAtStart: () => 'one', bootIdNow: () => Promise.resolve(undefined) });
    const { verdict, text } = await runProbe({ host: 'rebooted' }, silent);
    assert.deepEqual([verdict, text], ['could_not_tell', 'here does not tell its boot id']);
  });

  it('could not tell without hosts, and opens nothing where nothing may be opened', async () => {
    assert.equal((await runProbe({ host: 'reachable' }, contextWith({}, { about: [] }))).verdict, 'could_not_tell');
    const refuse = (): never => {
      throw new RangeError('not trusted');
    };
    await assert.rejects(runProbe({ host: 'reachable' }, contextWith({}, { assertMayAct: refuse })), RangeError);
  });
});
