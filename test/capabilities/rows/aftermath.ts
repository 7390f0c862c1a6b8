import assert from 'node:assert/strict';
import { reportOf } from '../../../src/planner/index.js';
import { SECRET_SERVER, SECRET_SERVER_LAB, secretServer, SPS, URBANCODE } from '../circumstances.js';
import { stepOf } from '../examples.js';
import { failuresOf, given, manualsOf, perform, takingRemedies, triesOf } from '../here.js';
import type { Performed } from '../here.js';
import { installer } from '../installer.js';
import { secretServerPlan, spsPlan, spsReport, urbanCodePlan } from '../plans.js';
import type { CapabilityRow } from '../row.js';
import { withSite } from '../site.js';

const SETUP = 'secret-server/setup.runbook.yaml';
const WEB_1 = 'http://127.42.3.11:8080';
const SPS_1 = 'http://127.42.1.11:8080';
const HOP = 'hop@2/settled/settled';
const SYSTEM_LOG = '/var/log/system.log';

/** Verification, failure and what comes after. */
export const AFTERMATH: readonly CapabilityRow[] = [
  {
    row: 95,
    capability: 'The version is verified afterwards, by one of several kinds of evidence',
    construct: '`check: { that }` over a fact with a list under `read`',
    node: `${SPS}#new_version`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const booted = (version: string): Promise<Performed> =>
        perform(plan, ['primary_up/new_version'], (directory) => ({
          programs: { sps: 'echo "the console is not ready" >&2; exit 1' },
          files: { 'system.log': `boot: firmware version ${version}\n` },
          instead: { [SYSTEM_LOG]: `${directory}/system.log` },
        }));
      const good = await booted('7.0.2.1 LTS');
      assert.equal(good.state.status, 'succeeded', 'the log tells what the console does not');
      assert.deepEqual(good.calls, ['sps version']);
      assert.equal(failuresOf(await booted('7.0.1'))[0]?.failure.reason, 'does_not_hold');
    },
  },
  {
    row: 96,
    capability: 'A value is compared across two nodes',
    construct: '`check: { same: { fact, across } }`',
    node: `${SPS}#same_version`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const compared = (other: string): Promise<Performed> =>
        perform(plan, ['same_version'], () => ({
          programs: { sps: `[ "$2" = sps_secondary ] && echo '${other}' || echo '7.0.2.1 LTS'` },
          instead: { '"run":"sps version"': '"run":"sps version \\"$1\\"","args":["${{ host.name }}"]' },
        }));
      assert.equal((await compared('7.0.2.1 LTS')).state.status, 'succeeded');
      const [failure] = failuresOf(await compared('7.0.1'));
      assert.match(failure?.failure.message ?? '', /sps_primary: 7\.0\.2\.1 LTS, sps_secondary: 7\.0\.1/);
    },
  },
  {
    row: 97,
    capability: 'The last act is also what proves that all is well',
    construct: '`verify` on the finishing step',
    node: `${SPS}#finish.verify`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const finished = (status: string): Promise<Performed> =>
        perform(plan, ['finish'], () => ({
          programs: { sps: `case "$2" in status) echo '${status}' ;; esac` },
          patience: 1_500,
        }));
      const good = await finished('slave: active');
      assert.equal(good.state.status, 'succeeded');
      assert.deepEqual(good.calls.slice(0, 2), ['sps ha activate-slave', 'sps ha status']);
      assert.equal(failuresOf(await finished('slave: inactive'))[0]?.failure.reason, 'not_verified');
    },
  },
  {
    row: 98,
    capability: 'What it means that the upgrade is complete',
    construct: '`check` at the end of the steps',
    node: `${SECRET_SERVER}#new_version`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      const ended = (version: string): Promise<Performed> =>
        withSite(
          () => ({ json: { version } }),
          (url) => perform(plan, ['new_version'], () => ({ instead: { [WEB_1]: url } })),
        );
      assert.equal((await ended('10.6.000000')).state.status, 'succeeded');
      assert.equal((await ended('10.5.000000')).state.status, 'failed');
    },
  },
  {
    row: 99,
    capability: 'After a time limit, support is called',
    construct: '`timeout` with `on_failure.escalate`',
    node: `${SPS}#reboot.timeout`,
    async check(examples) {
      const plan = await spsPlan(examples);
      assert.equal(stepOf(plan, 'primary_up/reboot').timeoutMs, 30 * 60_000);
      const failure = failuresOf(await awayForGood(plan))[0];
      assert.match(failure?.escalate ?? '', /^Support Team of the vendor/);
    },
  },
  {
    row: 100,
    capability: 'A known symptom, and the wait that goes with it',
    construct: '`wait: { not: { http: { redirects_to } } }`',
    node: `${SETUP}#settled.wait.not.http.redirects_to`,
    async check(examples) {
      const plan = await examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, secretServer('9.1.000000'));
      await withSite(
        (_, count) => (count < 4 ? { location: '/home' } : { text: 'Secret Server Setup Home' }),
        async (url, requests) => {
          const run = await perform(plan, [HOP], () => ({ instead: { [WEB_1]: url }, patience: 3_000 }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          assert.equal(requests.length, 4, 'it waited while it was sent to the home page, and no longer');
        },
      );
    },
  },
  {
    row: 101,
    capability: 'A known error text, its cause and its remedy',
    construct: '`on_failure.remedies` with `match`, `cause` and `use`',
    node: `${URBANCODE}#install.on_failure`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const run = await perform(plan, ['first/install'], (directory) => ({
        ...installer(directory, '[ -e "$DIR/stopped" ] || { echo "A previously installed version of the server is running."; exit 1; }'),
        programs: { 'ucd-server-script': 'touch "$DIR/stopped"' },
        answer: takingRemedies(),
      }));
      assert.equal(run.state.status, 'succeeded', run.state.closing);
      assert.equal(failuresOf(run)[0]?.remedies[0]?.cause, 'A server process is still running on this host.');
      assert.deepEqual(run.calls, ['ucd-server-script stop -force']);
      assert.equal(triesOf(run, 'first/install'), 2);
    },
  },
  {
    row: 102,
    capability: 'A way into troubleshooting when a verification fails',
    construct: '`on_failure.remedies` with a `manual` act, after which the check is tried again',
    node: `${SPS}#new_version.on_failure`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const run = await perform(plan, ['primary_up/new_version'], () => ({
        programs: { sps: 'if [ "$(grep -c . "$DIR/calls")" -lt 2 ]; then echo 7.0.1; else echo 7.0.2.1 LTS; fi' },
        answer: (gate) => {
          if (gate.kind === 'manual') return given(gate, {});
          const remedy = gate.kind === 'failure' ? gate.remedies.find(({ acts }) => acts) : undefined;
          return remedy === undefined ? { kind: 'stop' } : { kind: 'remedy', index: remedy.index };
        },
      }));
      assert.equal(run.state.status, 'succeeded', run.state.closing);
      assert.equal(manualsOf(run)[0]?.open, 'https://support.example.com/sps/troubleshooting');
      assert.equal(triesOf(run, 'primary_up/new_version'), 2);
    },
  },
  {
    row: 103,
    capability: 'A workaround to try before it counts as failed',
    construct: 'a remedy without `match`, in the first place',
    node: `${SPS}#reboot.on_failure.remedies.0`,
    async check(examples) {
      const [failure] = failuresOf(await awayForGood(await spsPlan(examples)));
      assert.match(failure?.remedies[0]?.title ?? '', /Reload the page past the cache/);
      assert.equal(failure?.remedies[0]?.acts, false);
    },
  },
  {
    row: 104,
    capability: 'A state that only support can mend',
    construct: 'a remedy that does nothing, and `escalate`',
    node: `${SPS}#search_works.on_failure`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['search_works'], () => ({
        programs: { sps: 'echo "documents are refused: invalid schema mapping"' },
      }));
      const [failure] = failuresOf(run);
      const fitting = failure?.remedies.filter(({ matches }) => matches) ?? [];
      assert.deepEqual(
        fitting.map(({ acts, cause }) => ({ acts, cause })),
        [{ acts: false, cause: 'The Search Master was upgraded before this minion.' }],
      );
      assert.match(failure?.escalate ?? '', /^Support Team of the vendor/);
    },
  },
  {
    row: 105,
    capability: 'The product goes back by itself, or fails to',
    construct: '`irreversible`, and a remedy for each of the two ends',
    node: `${SPS}#reboot.irreversible`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const turning = (await spsReport(examples)).point_of_no_return;
      assert.equal(turning?.path, 'minions@minion_1/boot_and_check/reboot');
      assert.match(turning.because, /goes back by itself when that fails/);
      const away = failuresOf(await awayForGood(plan))[0]?.remedies.find(({ matches }) => matches);
      assert.match(away?.cause ?? '', /could not be taken back/);
      const run = await perform(plan, ['primary_up/new_version'], () => ({ programs: { sps: 'echo 7.0.1' } }));
      const back = failuresOf(run)[0]?.remedies.find(({ matches }) => matches);
      assert.match(back?.cause ?? '', /went back to its old firmware by itself/);
    },
  },
  {
    row: 106,
    capability: 'What a failure has opened is closed again',
    construct: 'a step with `unless` and `verify`',
    node: `${SPS}#close_ssh`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const closed = (open: boolean): Promise<Performed> =>
        perform(plan, ['close_ssh'], () => ({
          programs: {
            sps: `case "$2" in close) touch "$DIR/closed" ;; status) [ -e "$DIR/closed" ] || ${String(!open)} && echo 'management interface only' || echo 'every interface' ;; esac`,
          },
        }));
      const opened = await closed(true);
      assert.equal(opened.state.status, 'succeeded', failuresOf(opened)[0]?.failure.message);
      assert.ok(opened.calls.includes('sps ssh close'), 'it was open');
      assert.ok(!(await closed(false)).calls.includes('sps ssh close'), 'it was not');
    },
  },
  {
    row: 107,
    capability: 'Logs are kept for support when it has failed',
    construct: '`finally` with `when: run.failed`, `download`',
    node: `${SPS}#upgrade_log`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const ended = (version: string): Promise<Performed> =>
        perform(plan, ['primary_up/new_version', 'upgrade_log'], (directory) => ({
          programs: { sps: `echo '${version}'` },
          files: { 'upgrade.log': 'step 4 failed\n' },
          instead: { '/var/log/upgrade.log': `${directory}/upgrade.log` },
        }));
      const failed = await ended('7.0.1');
      assert.equal(failed.state.steps['upgrade_log']?.['sps_primary']?.status, 'succeeded');
      const good = await ended('7.0.2.1 LTS');
      assert.equal(good.state.steps['upgrade_log']?.['sps_primary']?.status, 'skipped');
    },
  },
  {
    row: 108,
    capability: 'Whom to turn to, and when',
    construct: '`on_failure.escalate` with `contacts`',
    node: `${SETUP}#settled.on_failure`,
    async check(examples) {
      const plan = await examples.plan(SECRET_SERVER, SECRET_SERVER_LAB, secretServer('9.1.000000'));
      await withSite(
        () => ({ location: '/home' }),
        async (url) => {
          const [failure] = failuresOf(await perform(plan, [HOP], () => ({ instead: { [WEB_1]: url }, patience: 300 })));
          assert.match(failure?.escalate ?? '', /^Technical support for Secret Server, https:/);
        },
      );
    },
  },
  {
    row: 109,
    capability: 'What does and does not work while one waits',
    construct: '`impact` on a `wait`',
    node: `${SETUP}#settled.impact`,
    async check(examples) {
      const circumstances = secretServer('9.1.000000');
      const draft = await examples.draft(SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
      const { plan } = draft;
      assert.ok(plan, 'there is a plan');
      const step = reportOf({ ...draft, plan }).steps.find(({ path }) => path === HOP);
      assert.match(step?.impact ?? '', /Only upgrades are held back/);
    },
  },
];

/** A node that was told to reboot and never came back. */
function awayForGood(plan: Parameters<typeof perform>[0]): Promise<Performed> {
  return perform(plan, ['primary_up/reboot'], () => ({
    programs: { sps: 'echo 7.0.1', reboot: 'exit 0' },
    instead: { [SPS_1]: 'http://127.0.0.1:9' },
    patience: 2_500,
  }));
}
