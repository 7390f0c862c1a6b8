import assert from 'node:assert/strict';
import { refusal } from '../../../src/engine/runner/gates.js';
import { secretServer, SECRET_SERVER, SECRET_SERVER_LAB, SPS, URBANCODE, URBANCODE_THREE } from '../circumstances.js';
import { pathsOf, stepOf } from '../examples.js';
import { answering, failuresOf, given, manualsOf, perform } from '../here.js';
import type { Performed } from '../here.js';
import { PRODUCTION, reportIn, secretServerPlan, SPS_PRODUCTION, spsPlan, spsReport, urbanCodePlan } from '../plans.js';
import type { CapabilityRow } from '../row.js';
import { withSite } from '../site.js';

const SETUP = 'secret-server/setup.runbook.yaml';
const UCD_1 = 'http://127.42.2.11:8443';
const WEB_2 = 'http://127.42.3.12:55539';
const PROCESSES = 'GET /rest/processes';

/** Who may begin, when, and what has to be true and confirmed before it goes on. */
export const GATES: readonly CapabilityRow[] = [
  {
    row: 50,
    capability: 'The rights of an administrator are there',
    construct: '`check: { command }` with `become`, for each platform',
    node: `${URBANCODE}#administrator`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const looked = (uid: number): Promise<Performed> =>
        perform(plan, ['administrator'], () => ({ programs: { id: `echo ${String(uid)}` } }));
      const root = await looked(0);
      assert.equal(root.state.status, 'succeeded', failuresOf(root)[0]?.failure.message);
      assert.equal(failuresOf(await looked(1000))[0]?.failure.reason, 'does_not_hold');
    },
  },
  {
    row: 51,
    capability: 'The login that a page needs',
    construct: '`evidence: [{ attest }]` of a `manual` way',
    node: `${SETUP}#open_setup.methods.gui.evidence.1`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      const [gate] = manualsOf(await perform(plan, ['hop@1/setup/open_setup'], () => ({ answer: answering('gui') })));
      assert.ok(gate, 'a person is asked');
      assert.match(gate.text, /Log in with an administrator account/);
      const only = { kind: 'done', evidence: [{ id: 'attest_1', value: true }] } as const;
      assert.match(refusal(gate, only, 'pat', 'pat', plan) ?? '', /"I am logged in with an administrator account\." is still missing/);
    },
  },
  {
    row: 52,
    capability: 'Rehearsed elsewhere before it is done here',
    construct: '`rehearsed_on` in the inventory',
    node: `${PRODUCTION}#rehearsed_on`,
    async check(examples) {
      const plan = await examples.plan(SPS, PRODUCTION, SPS_PRODUCTION);
      const { gates } = await perform(plan, ['account'], () => ({ answer: answering('gui') }));
      const [gate] = gates;
      assert.equal(gate?.kind, 'confirm', 'approval beforehand is not enough');
      assert.match(gate.unrehearsed ?? '', /have succeeded on "staging" before; no such run is kept here/);
      const approval = { kind: 'approve', typed: 'production' } as const;
      assert.match(refusal(gate, approval, 'pat', 'pat', plan) ?? '', /Give a reason/);
    },
  },
  {
    row: 53,
    capability: 'A maintenance window that the work must fit in',
    construct: '`windows` in the inventory',
    node: `${PRODUCTION}#windows`,
    async check(examples) {
      const windowAt = async (now: string) => (await reportIn(examples, SPS, PRODUCTION, SPS_PRODUCTION, Date.parse(now))).window;
      const noon = await windowAt('2026-11-28T12:00+01:00');
      assert.deepEqual([noon?.open, noon?.fits], [false, false]);
      assert.equal(noon?.fitting?.from, '2026-11-28T21:00:00.000Z');
      const night = await windowAt('2026-11-28T22:30+01:00');
      assert.deepEqual([night?.open, night?.fits], [true, true]);
      const late = await windowAt('2026-11-29T05:45+01:00');
      assert.deepEqual([late?.open, late?.fits], [true, false], 'what is left of it is too short');
    },
  },
  {
    row: 54,
    capability: 'A reboot and what it interrupts are said beforehand',
    construct: '`impact` on a step with `effects: [stop, boot]`',
    node: `${SPS}#reboot.impact`,
    async check(examples) {
      const { steps } = await spsReport(examples);
      const reboots = steps.filter(({ effects }) => effects.includes('stop') && effects.includes('boot'));
      assert.deepEqual(
        reboots.map(({ hosts, impact }) => [hosts[0], impact]),
        ['minion_1', 'minion_2', 'sps_primary'].map((host) => [host, 'The node is away. Sessions through it end.']),
      );
    },
  },
  {
    row: 55,
    capability: 'The whole cluster is out of service in one window, which is not the same as in parallel',
    construct: '`outage`',
    node: `${URBANCODE}#outage`,
    async check(examples) {
      const facts = Object.fromEntries(['ucd_1', 'ucd_2', 'ucd_3'].map((host) => [`installed@${host}`, '6.1.1.0']));
      const { outage, steps } = await reportIn(examples, URBANCODE, URBANCODE_THREE, { facts });
      assert.deepEqual(outage?.hosts, ['ucd_1', 'ucd_2', 'ucd_3']);
      assert.match(outage.because ?? '', /share one database.*not upgraded in parallel/);
      assert.equal(outage.from.path, 'stop');
      assert.equal(outage.to?.path, 'rejoin');
      assert.equal(outage.length_ms, 3 * 12 * 60_000, 'ten minutes to install and two to start, one server after the other');
      assert.deepEqual(
        steps.filter(({ path }) => path.endsWith('/install')).map(({ hosts }) => hosts),
        [['ucd_1'], ['ucd_2'], ['ucd_3']],
        'never two at once',
      );
    },
  },
  {
    row: 56,
    capability: 'Nothing is in flight any more',
    construct: '`wait: { http: { that } }`',
    node: `${URBANCODE}#quiet`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      await withSite(
        (request, count) => (request === PROCESSES ? { json: { count: Math.max(0, 3 - count) } } : undefined),
        async (url, requests) => {
          const run = await perform(plan, ['quiet'], () => ({ instead: { [UCD_1]: url } }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          assert.equal(requests.length, 3, 'until the last one has ended');
        },
      );
    },
  },
  {
    row: 57,
    capability: 'The operator chooses: wait, or cancel',
    construct: '`remedies` without `match`, with and without an act',
    node: `${URBANCODE}#quiet.on_failure`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      let cancelled = false;
      await withSite(
        (request) => {
          if (request === 'POST /rest/processes/cancel') cancelled = true;
          return request === PROCESSES ? { json: { count: cancelled ? 0 : 2 } } : { status: 303, location: '/' };
        },
        async (url) => {
          const choices = ['Wait for them another hour', 'Cancel all of them at once'];
          const run = await perform(plan, ['quiet'], () => ({
            instead: { [UCD_1]: url },
            patience: 300,
            answer: answering('script', (gate) => {
              const choice = choices.shift();
              const remedy = gate.kind === 'failure' ? gate.remedies.find(({ title }) => title === choice) : undefined;
              return remedy === undefined ? undefined : { kind: 'remedy', index: remedy.index };
            }),
          }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run).at(-1)?.failure.message);
          assert.equal(failuresOf(run).length, 2, 'it waited once more, and then they were cancelled');
          assert.deepEqual(
            failuresOf(run)[0]?.remedies.map(({ acts }) => acts),
            [false, true, true],
          );
        },
      );
    },
  },
  {
    row: 58,
    capability: 'All nodes but the primary one are stopped, whichever that is',
    construct: '`roles` with `where` and `except`, over a fact of each host',
    node: `${SECRET_SERVER}#stop_standby`,
    async check(examples) {
      const stoppedIf = async (primary: string): Promise<readonly string[]> => {
        const facts = { 'is_primary@web_1': primary === 'web_1', 'is_primary@web_2': primary === 'web_2' };
        const circumstances = secretServer('10.5.000000', { inputs: { target: '10.6.000000' }, facts });
        const plan = await examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
        return stepOf(plan, 'stop_standby').targets.map(({ key }) => key);
      };
      assert.deepEqual(await stoppedIf('web_1'), ['web_2']);
      assert.deepEqual(await stoppedIf('web_2'), ['web_1']);
      const plan = await secretServerPlan(examples);
      await withSite(
        () => ({ json: { status: 'stopped' } }),
        async (url, requests) => {
          const run = await perform(plan, ['stop_standby'], () => ({ instead: { [WEB_2]: url }, secrets: { web_token: 'a token' } }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          const pool = '/api/webserver/application-pools/SecretServer';
          assert.deepEqual(requests, [`PATCH ${pool}`, `GET ${pool}`]);
        },
      );
    },
  },
  {
    row: 59,
    capability: 'The product itself tries the upgrade out beforehand',
    construct: '`methods` with a page or a command that changes nothing',
    node: `${SPS}#test.methods`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['stage/test'], () => ({ programs: { sps: 'exit 0' } }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.deepEqual(run.calls, ['sps firmware test 7.0.2.1 LTS']);
      assert.deepEqual(stepOf(await spsPlan(examples), 'stage/test').effects, []);
    },
  },
  {
    row: 60,
    capability: 'Nothing goes on unless the test has passed',
    construct: 'a step before the one it guards; a failure stops there',
    node: `${SPS}#test`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const paths = ['stage/test', 'stage/activate'];
      const tested = (passes: boolean): Promise<Performed> =>
        perform(plan, paths, () => ({
          programs: { sps: `case "$2" in test) exit ${passes ? '0' : '1'} ;; list) exit 1 ;; esac` },
          patience: 300,
        }));
      assert.ok(
        (await tested(true)).calls.some((call) => call.startsWith('sps firmware activate')),
        'it passed',
      );
      const failed = await tested(false);
      assert.equal(failuresOf(failed)[0]?.step, 'stage/test');
      assert.ok(!failed.calls.some((call) => call.startsWith('sps firmware activate')), 'it did not pass');
      assert.ok(pathsOf(plan).indexOf('stage/test') < pathsOf(plan).indexOf('stage/activate'), 'in this order');
    },
  },
  {
    row: 61,
    capability: 'Mend it and try again, within the gate',
    construct: 'a remedy with a `manual` act, after which the step is tried again',
    node: `${SPS}#test.on_failure`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['stage/test'], () => ({
        programs: { sps: '[ "$(grep -c . "$DIR/calls")" -ge 3 ] || { echo "policy ssh_1 cannot be upgraded"; exit 1; }' },
        answer: answering('script', (gate) => {
          if (gate.kind === 'manual') return given(gate, {});
          const remedy = gate.kind === 'failure' ? gate.remedies.find(({ matches }) => matches) : undefined;
          return remedy === undefined ? undefined : { kind: 'remedy', index: remedy.index };
        }),
      }));
      assert.equal(run.state.status, 'succeeded', run.state.closing);
      assert.equal(run.calls.length, 3, 'it failed twice');
      assert.deepEqual(
        manualsOf(run).map(({ open }) => open),
        Array(2).fill('http://127.42.1.11:8080/policies'),
      );
    },
  },
  {
    row: 62,
    capability: 'A box that somebody has to tick',
    construct: '`evidence: [{ attest }]`',
    node: `${SETUP}#confirm.methods.gui.evidence`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      const [gate] = manualsOf(await perform(plan, ['hop@1/setup/confirm'], () => ({ answer: answering('gui') })));
      assert.ok(gate, 'a person is asked');
      const answered = (value: boolean): string | undefined =>
        refusal(gate, { kind: 'done', evidence: [{ id: 'attest_1', value }] }, 'pat', 'pat', plan);
      assert.match(answered(false) ?? '', /"The database and the application folder are backed up\." is not confirmed/);
      assert.equal(answered(true), undefined);
    },
  },
];
