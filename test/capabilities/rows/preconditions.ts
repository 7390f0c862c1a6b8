import assert from 'node:assert/strict';
import { proveOrders } from '../../../src/planner/index.js';
import { SECRET_SERVER, SPS, URBANCODE } from '../circumstances.js';
import { pathsOf, stepOf } from '../examples.js';
import { answering, failuresOf, given, manualsOf, perform } from '../here.js';
import type { Performed } from '../here.js';
import { PRODUCTION, reportIn, secretServerPlan, SPS_PRODUCTION, spsPlan, urbanCodePlan } from '../plans.js';
import type { CapabilityRow } from '../row.js';
import { withSite } from '../site.js';

const SETUP = 'secret-server/setup.runbook.yaml';
const WEB_1 = 'http://127.42.3.11:8080';
const SQL = 'http://127.42.3.6:8080';

/** Before the first step: access, backups, files, what was read, and the state of what will be upgraded. */
export const PRECONDITIONS: readonly CapabilityRow[] = [
  {
    row: 37,
    capability: 'The credentials for every system work before anything begins',
    construct: '`check: { login }` among the `prerequisites`, `secrets`',
    node: `${SECRET_SERVER}#sql_credentials`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      assert.equal(stepOf(plan, 'sql_credentials').section, 'prerequisites');
      const proven = (password: string): Promise<Performed> =>
        withSite(
          (_request, _count, { authorization }) => ({ status: authorization === basic('backup', 'right') ? 200 : 401 }),
          (url) => perform(plan, ['sql_credentials'], () => ({ instead: { [SQL]: url }, secrets: { sql_password: password } })),
        );
      const good = await proven('right');
      assert.equal(good.state.status, 'succeeded', failuresOf(good)[0]?.failure.message);
      assert.match(failuresOf(await proven('wrong'))[0]?.failure.message ?? '', /refuses the login of "backup"/);
    },
  },
  {
    row: 38,
    capability: 'A backup that is recent, by its age',
    construct: '`verify: { file: { max_age } }`',
    node: `${URBANCODE}#back_up.verify`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const made = (age: string): Promise<Performed> =>
        perform(plan, ['back_up'], () => ({
          programs: { 'ucd-db-backup': `touch -d '${age}' "$DIR/dump" && echo "$DIR/dump"` },
          patience: 1_000,
        }));
      assert.equal((await made('2 hours ago')).state.status, 'succeeded');
      assert.equal(failuresOf(await made('3 days ago'))[0]?.failure.reason, 'not_verified');
    },
  },
  {
    row: 39,
    capability: 'The configuration is exported before anything is upgraded',
    construct: 'a prerequisite with `effects: [backup]`, which an `order` asks for',
    node: `${SPS}#configuration_backup`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const run = await perform(plan, ['configuration_backup'], (directory) => ({
        programs: { sps: 'touch "$DIR/configuration.txt"' },
        instead: { '/var/export/configuration.txt': `${directory}/configuration.txt` },
      }));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.deepEqual(run.calls, Array(3).fill('sps config export'), 'on the primary and both minions');
      const without = { ...plan, steps: plan.steps.filter(({ path }) => path !== 'configuration_backup') };
      const [violation] = proveOrders(without).violations;
      assert.match(violation?.order.because ?? '', /Only the exported configuration leads back/);
    },
  },
  {
    row: 40,
    capability: 'The one file without which everything is lost is in the backup',
    construct: '`evidence: [{ attest }]` on a step with `effects: [backup]`, and `order`',
    node: `${SETUP}#back_up/folder`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      const path = 'hop@1/setup/back_up/folder';
      const [gate] = manualsOf(await perform(plan, [path], () => ({ answer: answering('gui') })));
      assert.deepEqual(
        gate?.evidence.map(({ title }) => title),
        ['The backup contains `encryption.config`.'],
      );
      assert.match(stepOf(plan, path).spec.notes?.[0]?.text ?? '', /Without it the data is lost for good/);
      const order = proveOrders(plan).orders.find(({ order: { first } }) => first.some(({ effect }) => effect === 'backup'));
      assert.equal(order?.verdict, 'proven');
    },
  },
  {
    row: 41,
    capability: 'What takes days to get is seen while planning',
    construct: '`lead_time` on a prerequisite, with the `windows` of the inventory',
    node: `${SPS}#account.lead_time`,
    async check(examples) {
      const asked = async (now: string): Promise<{ readonly late: boolean | undefined; readonly warnings: readonly string[] }> => {
        const report = await reportIn(examples, SPS, PRODUCTION, SPS_PRODUCTION, Date.parse(now));
        const lead = report.lead_times.find(({ path }) => path === 'account');
        return { late: lead?.too_late, warnings: report.warnings.map(({ code }) => code) };
      };
      const monday = await asked('2026-11-23T09:00+01:00');
      assert.equal(monday.late, false);
      const friday = await asked('2026-11-27T12:00+01:00');
      assert.equal(friday.late, true, 'the window opens on Saturday');
      assert.deepEqual(
        [friday, monday].map(({ warnings }) => warnings.includes('lead-time-too-long')),
        [true, false],
      );
    },
  },
  {
    row: 42,
    capability: 'The file to install is here, and the licence with it',
    construct: 'a `manual` prerequisite with `evidence`, an input of `type: file`',
    node: `${SPS}#downloaded`,
    async check(examples) {
      const plan = await spsPlan(examples);
      assert.ok(pathsOf(plan).indexOf('downloaded') < pathsOf(plan).indexOf('stage/upload'), 'before it is uploaded');
      const run = await perform(plan, ['downloaded'], () => ({ answer: answering('gui') }));
      const [gate] = manualsOf(run);
      assert.deepEqual(
        gate?.evidence.map(({ kind, title }) => [kind, title]),
        [['attest', 'The firmware 7.0.2.1 LTS and its licence file are on this machine']],
      );
      const image = await examples.draft(SPS, PRODUCTION, { ...SPS_PRODUCTION, inputs: { firmware: 'firmware.zip' } });
      assert.match(image.problems[0]?.diagnostic.message ?? '', /\.iso/);
    },
  },
  {
    row: 43,
    capability: 'What the vendor wrote is read and acknowledged: release notes before, upgrade notes after the upload',
    construct: '`manual` with `evidence: [{ attest }]`, `valid_for` on a prerequisite',
    node: `${SPS}#notes_read`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const read = stepOf(plan, 'release_notes');
      assert.equal(read.section, 'prerequisites');
      assert.equal(read.validForMs, 30 * 86_400_000);
      const paths = pathsOf(plan);
      const places = ['stage/upload', 'stage/notes_read', 'stage/activate'].map((path) => paths.indexOf(path));
      assert.ok(!places.includes(-1), 'all of them are there');
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      const run = await perform(plan, ['stage/notes_read', 'stage/activate'], () => ({ programs: { sps: 'exit 1' } }));
      assert.match(manualsOf(run)[0]?.evidence[0]?.title ?? '', /I have read the upgrade notes/);
      assert.deepEqual(run.calls, [], 'nothing goes on until somebody says so');
    },
  },
  {
    row: 44,
    capability: 'Nothing begins while the product shows an issue',
    construct: '`check` among the `prerequisites`',
    node: `${SPS}#healthy`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const looked = (says: string): Promise<Performed> =>
        perform(plan, ['healthy', 'stage/activate'], () => ({ programs: { sps: `echo '${says}'` }, patience: 500 }));
      const ill = await looked('2 issues: disk is almost full');
      assert.equal(failuresOf(ill)[0]?.step, 'healthy');
      assert.ok(!ill.calls.some((call) => call.includes('activate')), 'nothing was activated');
      const well = await looked('no issues');
      assert.ok(
        well.calls.some((call) => call.includes('activate')),
        'it went on',
      );
    },
  },
  {
    row: 45,
    capability: 'What the upgrade destroys is saved first',
    construct: '`methods` with `run`, `notes` with `severity: warning`',
    node: `${SPS}#core_files`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const step = stepOf(plan, 'core_files');
      assert.deepEqual(step.spec.notes, [{ severity: 'warning', text: 'The upgrade removes these files.' }]);
      const paths = pathsOf(plan);
      assert.ok(paths.indexOf('core_files') < paths.indexOf('minions@minion_1/boot_and_check/reboot'), 'before the first reboot');
      const run = await perform(plan, ['core_files'], () => ({ programs: { sps: 'exit 0' } }));
      assert.deepEqual(run.calls, Array(3).fill('sps core export'));
    },
  },
  {
    row: 46,
    capability: 'The way in from outside is proven before it is needed',
    construct: '`check: { login: { ipmi } }`',
    node: `${SPS}#ipmi_works`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const paths = pathsOf(plan);
      assert.ok(paths.includes('ipmi_works') && paths.indexOf('ipmi_works') < paths.indexOf('stop_other'), 'before the node is stopped');
      const proven = (ipmitool: string): Promise<Performed> =>
        perform(plan, ['ipmi_works'], () => ({ programs: { ipmitool }, secrets: { ipmi: 'open-sesame' } }));
      const good = await proven('[ "$IPMI_PASSWORD" = open-sesame ] && echo "Chassis Power is on"');
      assert.equal(good.state.status, 'succeeded', failuresOf(good)[0]?.failure.message);
      assert.match(good.calls[0] ?? '', /-H 127\.42\.1\.112 .*power status$/);
      const [failure] = failuresOf(await proven('echo "RAKP 2 HMAC is invalid" >&2; exit 1'));
      const fitting = failure?.remedies.filter(({ matches }) => matches) ?? [];
      assert.match(fitting[0]?.title ?? '', /cannot be switched on again/);
    },
  },
  {
    row: 47,
    capability: 'An instruction for one model of the hardware',
    construct: '`when` over a role variable of `type: choice`',
    node: `${SPS}#ipmi_guide`,
    async check(examples) {
      assert.ok(!pathsOf(await spsPlan(examples)).includes('ipmi_guide'), 'another model');
      const step = stepOf(await examples.plan(SPS, PRODUCTION, SPS_PRODUCTION), 'ipmi_guide');
      assert.match(step.spec.manual ?? '', /X9 SMT/);
      assert.deepEqual(step.targets[0]?.about, ['sps2.example.com']);
    },
  },
  {
    row: 48,
    capability: 'The pair is not degraded',
    construct: '`check: { command: { stdout } }` from the other node',
    node: `${SPS}#ha_healthy`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const looked = (says: string): Promise<Performed> =>
        perform(plan, ['ha_healthy'], () => ({ programs: { sps: `echo 'status: ${says}'` } }));
      const good = await looked('not degraded');
      assert.equal(good.state.status, 'succeeded', failuresOf(good)[0]?.failure.message);
      assert.deepEqual(good.calls, ['sps ha status']);
      const [failure] = failuresOf(await looked('degraded'));
      assert.match(failure?.remedies.find(({ matches }) => matches)?.cause ?? '', /could leave you without any node/);
    },
  },
  {
    row: 49,
    capability: 'Where the machine has no way out, another branch is taken',
    construct: 'a remedy with `match` and a `manual` act',
    node: `${SETUP}#download.on_failure`,
    async check(examples) {
      const plan = await secretServerPlan(examples);
      let brought = false;
      await withSite(
        (request) => {
          if (request === 'POST /Setup/Download') return brought ? { status: 303, location: '/Setup/Upgrade' } : { status: 409 };
          return { json: { step: brought ? 'downloaded' : 'confirmed' } };
        },
        async (url) => {
          const run = await perform(plan, ['hop@1/setup/download'], () => ({
            instead: { [WEB_1]: url },
            answer: answering('script', (gate) => {
              if (gate.kind === 'manual') {
                brought = true;
                return given(gate, {});
              }
              const remedy = gate.kind === 'failure' && !brought ? gate.remedies.find(({ matches }) => matches) : undefined;
              return remedy === undefined ? undefined : { kind: 'remedy', index: remedy.index };
            }),
          }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run).at(-1)?.failure.message);
          assert.equal(manualsOf(run)[0]?.open, 'https://docs.example.com/secret-server/without-outbound-access');
        },
      );
    },
  },
];

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
