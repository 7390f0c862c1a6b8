import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { proveOrders } from '../../../src/planner/index.js';
import { SPS } from '../circumstances.js';
import { pathsOf, stepOf } from '../examples.js';
import { answering, failuresOf, given, manualsOf, perform, triesOf } from '../here.js';
import type { Performed } from '../here.js';
import { secretServerPlan, spsDraft, spsPlan, spsReport, moved, urbanCodePlan } from '../plans.js';
import type { CapabilityRow } from '../row.js';
import { withSite } from '../site.js';

const SETUP = 'secret-server/setup.runbook.yaml';
const UCD = 'urbancode-ha/urbancode.runbook.yaml';

const WEB_1 = 'http://127.42.3.11:8080';
const IMAGE = 'the firmware image';

/** Execution on hosts: what a person does, files, waiting, reboots, one host after the other. */
export const EXECUTION: readonly CapabilityRow[] = [
  {
    row: 63,
    capability: 'A person works through pages, with the way to the page',
    construct: '`methods` with a `manual` way and `open`',
    node: `${SPS}#upload.methods.gui`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['stage/upload'], () => ({
        programs: { sps: 'echo "7.0.2.1 LTS"' },
        answer: answering('gui', (gate) => (gate.kind === 'manual' ? given(gate, {}) : undefined)),
      }));
      assert.equal(run.state.status, 'succeeded', run.state.closing);
      const [page] = manualsOf(run);
      assert.match(page?.text ?? '', /Basic Settings > System > Firmwares/);
      assert.equal(page?.open, 'http://127.42.1.11:8080/basic/system');
    },
  },
  {
    row: 64,
    capability: 'A value read off a page, used later',
    construct: '`evidence: [{ value: … }]`, then `steps.ID.NAME`',
    node: `${SETUP}#upgrade_page.methods.gui.evidence`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      const found = async (address: string): Promise<string> => {
        const run = await perform(plan, ['hop@1/setup/upgrade_page', 'hop@1/setup/same_database', 'hop@1/setup/back_up/database'], () => ({
          answer: answering('gui', (gate) => {
            if (gate.kind !== 'manual' || gate.step.endsWith('back_up/database')) return undefined;
            return given(gate, { database_address: address });
          }),
        }));
        return manualsOf(run).at(-1)?.text ?? '';
      };
      assert.match(await found('127.42.3.6'), /\*\*SecretServer\*\* at `127\.42\.3\.6`/);
      assert.doesNotMatch(await found('127.42.3.99'), /Back up the database/, 'another address is not the server we have access to');
    },
  },
  {
    row: 65,
    capability: 'A file is brought to the target',
    construct: '`upload`',
    node: `${SPS}#upload.methods.script`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['stage/upload'], (directory) => ({
        programs: { sps: `[ "$(cat ${directory}/store/*.iso)" = '${IMAGE}' ] && echo '7.0.2.1 LTS'` },
        files: { 'firmware/sps-7.0.2.1-lts.iso': IMAGE, 'store/empty': '' },
        instead: { '/firmware/"': `${directory}/store/"` },
      }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.ok(run.calls.includes('sps firmware list'), 'it was looked for afterwards');
    },
  },
  {
    row: 66,
    capability: 'A package is downloaded and extracted, the same one on all nodes',
    construct: '`unless` and `verify` with `sha256`, under `on: server`',
    node: `${UCD}#package/fetch`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const declared = String(plan.scopes['main']?.inputs['package_sha256']);
      const fetched = (content: string): Promise<Performed> =>
        perform(plan, ['package/fetch', 'package/extract'], (directory) => ({
          programs: { curl: `printf '%s' '${content}' > "$3"`, tar: 'touch "$4/install-server.sh"' },
          instead: { '/var/tmp/ucd-install.tar': `${directory}/package.tar`, [declared]: sha256('package'), '"times":2': '"times":0' },
          patience: 3_000,
        }));
      const good = await fetched('package');
      assert.equal(good.state.status, 'succeeded', failuresOf(good)[0]?.failure.message);
      assert.deepEqual(Object.keys(good.state.steps['package/extract'] ?? {}), ['ucd_1', 'ucd_2', 'ucd_3']);
      const other = await fetched('another package');
      assert.equal(failuresOf(other)[0]?.step, 'package/fetch');
      assert.ok(!other.calls.some((call) => call.startsWith('tar')), 'another package is not extracted');
    },
  },
  {
    row: 67,
    capability: 'Waiting for something long of unknown length',
    construct: '`verify` that is asked until `timeout`, with `every` and `estimate`',
    node: `${SETUP}#download.verify`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      await withSite(
        (request, count) => {
          if (request === 'POST /Setup/Download') return { status: 303, location: '/Setup/Upgrade' };
          return request === 'GET /Setup/status.json' ? { json: { step: count < 4 ? 'downloading' : 'downloaded' } } : {};
        },
        async (url, requests) => {
          const run = await perform(plan, ['hop@1/setup/download'], () => ({ instead: { [WEB_1]: url } }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          assert.equal(requests.filter((request) => request === 'GET /Setup/status.json').length, 4);
          assert.equal(requests.filter((request) => request.startsWith('POST')).length, 1);
        },
      );
    },
  },
  {
    row: 68,
    capability: 'An effect that is set now and takes place at the next boot',
    construct: '`stages: [upgrade]`',
    node: `${SPS}#activate.stages`,
    async check(examples) {
      const { proof } = await spsDraft(examples);
      const order = proof?.orders.find(({ order: { first } }) =>
        first.some(({ effect, roles }) => effect === 'upgrade' && roles.includes('minion')),
      );
      assert.equal(order?.verdict, 'proven', 'both sides of the order happen, and only at the reboots');
      assert.deepEqual(stepOf(await spsPlan(examples), 'stage/activate').effects, []);
    },
  },
  {
    row: 69,
    capability: 'Asking for a state again and again, with a soft estimate',
    construct: '`wait` with `every`, `estimate` and `timeout`',
    node: `${SPS}#staged`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const entry = (await spsReport(examples)).timeline.entries.find(({ path }) => path === 'staged');
      assert.equal(entry?.length_ms, 5 * 60_000);
      assert.equal(stepOf(plan, 'staged').timeoutMs, 30 * 60_000, 'the estimate ends nothing');
      const run = await perform(plan, ['staged'], () => ({
        programs: {
          sps: '[ "$(grep -c . "$DIR/calls")" -ge 3 ] && echo "other after reboot: 7.0.2.1 LTS" || echo "other after reboot: 7.0.1"',
        },
      }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.equal(run.calls.length, 3);
      assert.equal(triesOf(run, 'staged'), 1, 'it is one attempt that looks three times');
    },
  },
  {
    row: 70,
    capability: 'A node is shut down from another node',
    construct: '`on` with `from`',
    node: `${SPS}#stop_other.from`,
    async check(examples) {
      const step = stepOf(await spsPlan(examples), 'stop_other');
      assert.deepEqual(step.targets, [{ key: 'sps_secondary', about: ['sps_secondary'], at: 'sps_primary' }]);
    },
  },
  {
    row: 71,
    capability: 'A reboot that the run survives',
    construct: '`reboot` with `back_when`',
    node: `${SPS}#reboot.methods.script`,
    async check(examples) {
      const plan = await spsPlan(examples);
      await withSite(
        (_, count) => (count < 5 ? { status: 503 } : { text: 'Log in' }),
        async (url, requests) => {
          const run = await perform(plan, ['primary_up/reboot'], () => ({
            programs: {
              sps: 'echo 7.0.1',
              cat: 'case "$1" in */boot_id) if [ -e "$DIR/booted" ]; then echo second; else echo first; fi ;; *) exec /bin/cat "$@" ;; esac',
              reboot: 'touch "$DIR/booted"',
            },
            instead: { 'http://127.42.1.11:8080': url },
          }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          assert.equal(run.calls.filter((call) => call === 'reboot ').length, 1);
          assert.ok(requests.length >= 5, 'it looked until the login page was back');
        },
      );
    },
  },
  {
    row: 72,
    capability: 'Power on through a management controller',
    construct: '`run` with `from: local`, and the secret by `env`',
    node: `${SPS}#power_on`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['back/power_on'], () => ({
        programs: { ipmitool: '[ "$IPMI_PASSWORD" = open-sesame ]' },
        secrets: { ipmi: 'open-sesame' },
      }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.deepEqual(run.calls, ['ipmitool -I lanplus -H 127.42.1.112 -U ADMIN -E chassis power on']);
      assert.deepEqual(Object.keys(run.state.steps['back/power_on'] ?? {}), ['sps_secondary']);
      assert.ok(!JSON.stringify(run.events).includes('open-sesame'), 'nothing that is kept has the secret');
    },
  },
  {
    row: 73,
    capability: 'An outage of a part that is expected meanwhile',
    construct: '`impact`',
    node: `${SPS}#synced.impact`,
    async check(examples) {
      const step = (await spsReport(examples)).steps.find(({ path }) => path === 'synced');
      assert.match(step?.impact ?? '', /Heartbeat.*not available during the sync.*alarms/);
    },
  },
  {
    row: 74,
    capability: 'Waiting until a node has booted and is in sync',
    construct: '`verify: { host: reachable }`, then `wait`',
    node: `${SPS}#synced`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['back/power_on', 'synced', 'same_version'], () => ({
        programs: {
          ipmitool: 'exit 0',
          sps: 'case "$1" in version) echo 7.0.2.1 LTS ;; *) case $(grep -c "sps ha" "$DIR/calls") in 1) echo "other: booting" ;; 2) echo "other: syncing" ;; *) echo "other: in sync" ;; esac ;; esac',
        },
        secrets: { ipmi: 'open-sesame' },
      }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.deepEqual(run.calls.map((call) => call.replace(/^ipmitool.*/, 'power on')).slice(0, 5), [
        'power on',
        'sps ha status',
        'sps ha status',
        'sps ha status',
        'sps version',
      ]);
    },
  },
  {
    row: 75,
    capability: 'One role before another',
    construct: '`order` with its reason',
    node: `${SPS}#order.1`,
    async check(examples) {
      const plan = await spsPlan(examples);
      assert.deepEqual(proveOrders(plan).violations, []);
      const [violation] = proveOrders(moved(plan, 'primary_up', 'minions')).violations;
      assert.equal(violation?.step.path, 'primary_up/reboot');
      assert.deepEqual(violation.missing[0]?.hosts, ['minion_1', 'minion_2']);
      assert.match(violation.order.because ?? '', /index of the old kind/);
    },
  },
  {
    row: 76,
    capability: 'One by one over a role',
    construct: '`serial: 1` on a group',
    node: `${SPS}#minions.serial`,
    async check(examples) {
      const paths = pathsOf(await spsPlan(examples)).filter((path) => path.startsWith('minions'));
      const first = paths.findLastIndex((path) => path.startsWith('minions@minion_1/'));
      const second = paths.findIndex((path) => path.startsWith('minions@minion_2/'));
      assert.equal(second, first + 1);
      assert.ok(paths[first]?.endsWith('new_version'), 'the first one is done before the second begins');
    },
  },
  {
    row: 77,
    capability: 'Set up first, rebooted last',
    construct: '`stages` in a group that comes long before the `reboot`',
    node: `${SPS}#stage`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const paths = pathsOf(plan);
      const places = [
        'stage/activate',
        'minions@minion_1/boot_and_check/reboot',
        'minions@minion_2/boot_and_check/reboot',
        'primary_up/reboot',
      ];
      const order = places.map((path) => paths.indexOf(path));
      assert.equal(order.indexOf(-1), -1);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
      const [violation] = proveOrders(moved(plan, 'primary_up', 'minions')).violations;
      assert.deepEqual(violation?.trace.at(-1)?.takesEffect, ['upgrade'], 'the firmware of the master is upgraded by its reboot');
    },
  },
];

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
