import assert from 'node:assert/strict';
import { render, NOTHING_LIVE, stepsOf } from '../../../src/planner/index.js';
import type { Plan, PlanStep } from '../../../src/planner/index.js';
import {
  secretServer,
  SECRET_SERVER,
  SECRET_SERVER_LAB,
  SPS,
  SPS_MINIONS,
  SPS_SINGLE,
  URBANCODE,
  URBANCODE_THREE,
} from '../circumstances.js';
import type { Circumstances, Examples } from '../examples.js';
import { pathsOf, stepOf } from '../examples.js';
import type { CapabilityRow } from '../row.js';
import { verdictsOf } from './verdicts.js';

const SS = SECRET_SERVER;

/** Versions and the upgrade path. */
export const VERSIONS: readonly CapabilityRow[] = [
  {
    row: 18,
    capability: 'Installed and target version as facts, in the order of the vendor',
    construct: '`versions`, `type: version` with `scheme`',
    node: `${SPS}#versions.sps`,
    async check(examples) {
      const codes = async (installed: string): Promise<readonly string[]> => {
        const draft = await examples.draft(SPS, SPS_SINGLE, { facts: { 'installed@sps_single': installed } });
        return draft.problems.map(({ diagnostic }) => diagnostic.code);
      };
      assert.deepEqual(await codes('7.0.2'), []);
      assert.deepEqual(await codes('7.0.2.1 LTS'), []);
      assert.deepEqual(await codes('7.0.10'), ['downgrade'], '7.0.10 is newer than 7.0.2.1');
    },
  },
  {
    row: 19,
    capability: 'Warning by target version and platform',
    construct: '`advisories` with `crosses()` and a role variable',
    node: `${SS}#advisories.sql_2008`,
    async check(examples) {
      assert.deepEqual(await verdictsOf(examples, 'sql_2008', secretServer('10.5.000000')), [{ hop: 1, applies: false }]);
      const old = { sql: { release: '2008 R2 or older' } };
      assert.match(
        await stoppedBy(examples, secretServer('10.5.000000', { vars: old })),
        /database can no longer be on SQL Server 2008 R2/,
      );
      assert.equal(await stoppedBy(examples, secretServer('10.7.000000', { vars: old })), '', 'it was crossed before');
    },
  },
  {
    row: 20,
    capability: 'Warning by target range and installed component',
    construct: '`advisories` over a fact of the run',
    node: `${SS}#advisories.queues`,
    async check(examples) {
      assert.deepEqual(await verdictsOf(examples, 'queues', secretServer('10.5.000000')), [{ hop: 1, applies: true }]);
      assert.deepEqual(await verdictsOf(examples, 'queues', secretServer('10.7.000000')), [{ hop: 1, applies: false }]);
      const without = secretServer('10.5.000000', { facts: { rabbitmq: false } });
      assert.deepEqual(await verdictsOf(examples, 'queues', without), [{ hop: 1, applies: false }]);
    },
  },
  {
    row: 21,
    capability: 'Warning by feature, version and topology, in the words of a vendor who is not clear',
    construct: '`advisories` with `unsure_when` and `ask`',
    node: `${SS}#advisories.windows_engine.unsure_when`,
    async check(examples) {
      const asked = secretServer('10.5.000000');
      assert.deepEqual(await verdictsOf(examples, 'windows_engine', asked), [{ hop: 1, applies: 'asked' }]);
      const to106 = secretServer('10.5.000000', { inputs: { target: '10.6.000000' } });
      assert.deepEqual(await verdictsOf(examples, 'windows_engine', to106), [{ hop: 1, applies: true }]);
      const without = secretServer('10.5.000000', { facts: { distributed_engine: false } });
      assert.deepEqual(await verdictsOf(examples, 'windows_engine', without), [{ hop: 1, applies: false }]);
    },
  },
  {
    row: 22,
    capability: 'Minimum operating system by target version',
    construct: '`advisories` with `demands: stop`',
    node: `${SS}#advisories.windows_server`,
    async check(examples) {
      const to = { inputs: { target: '9.1.000000' } };
      const old = { ...to, vars: { web: { windows_server: '2008 or older' } } };
      assert.match(await stoppedBy(examples, secretServer('8.8.000000', old)), /need Windows Server 2008 R2 or newer/);
      assert.equal(await stoppedBy(examples, secretServer('8.8.000000', to)), '');
    },
  },
  {
    row: 23,
    capability: 'A dependency that changes adds steps',
    construct: '`when: advisories.ID` on a step',
    node: `${SS}#dotnet`,
    async check(examples) {
      const below = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('8.4.000000', { inputs: { target: '9.1.000000' } }));
      assert.ok(pathsOf(below).includes('hop@1/dotnet'), 'it is crossed');
      const above = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('8.6.000000', { inputs: { target: '9.1.000000' } }));
      assert.ok(!pathsOf(above).includes('hop@1/dotnet'), 'it was crossed before');
    },
  },
  {
    row: 24,
    capability: 'A configuration that the target version requires',
    construct: '`advisories` with `crosses()`, and the step that meets it',
    node: `${SS}#hop/pipeline_mode`,
    async check(examples) {
      const crossing = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('9.2.000000', { inputs: { target: '10.5.000000' } }));
      const step = stepOf(crossing, 'hop@1/pipeline_mode/pipeline_mode');
      assert.deepEqual(step.effects, ['configure']);
      assert.ok(before(crossing, step.path, 'hop@1/setup/upgrade'), 'before the upgrade');
      const beyond = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('10.0.000000', { inputs: { target: '10.5.000000' } }));
      assert.ok(!pathsOf(beyond).some((path) => path.includes('pipeline_mode')), 'it was crossed before');
    },
  },
  {
    row: 25,
    capability: 'A version and a feature together add a step',
    construct: '`when` over `advisories` that are built on each other',
    node: `${SS}#hop/windows_settings`,
    async check(examples) {
      const crossing = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('9.2.000000', { inputs: { target: '10.5.000000' } }));
      const step = stepOf(crossing, 'hop@1/windows_settings/windows_settings');
      assert.deepEqual(
        step.conditions.map(({ cel }) => cel),
        ['advisories.windows_settings'],
      );
      const circumstances = secretServer('9.2.000000', { inputs: { target: '10.5.000000' }, facts: { windows_authentication: false } });
      assert.deepEqual(await verdictsOf(examples, 'windows_settings', circumstances), [{ hop: 1, applies: false }]);
    },
  },
  {
    row: 26,
    capability: 'A path of several hops with a mandatory stop',
    construct: '`upgrade.stops`',
    node: `${SS}#upgrade.stops`,
    async check(examples) {
      assert.deepEqual(await hopsOf(examples, '9.1.000000'), ['9.1.000000 → 9.1.000001', '9.1.000001 → 10.9.000032']);
      assert.deepEqual(await hopsOf(examples, '9.1.000001'), ['9.1.000001 → 10.9.000032']);
    },
  },
  {
    row: 27,
    capability: 'Time to settle between hops, up to a day',
    construct: '`wait` in the `per_hop` group, `when: hop.number > 1`',
    node: 'secret-server/setup.runbook.yaml#settled',
    async check(examples) {
      const plan = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('9.1.000000'));
      const waits = [...stepsOf(plan.steps)].filter(({ id }) => id === 'settled');
      assert.deepEqual(
        waits.map(({ path, action, timeoutMs }) => [path, action, timeoutMs]),
        [['hop@2/settled/settled', 'wait', 24 * 3_600_000]],
      );
    },
  },
  {
    row: 28,
    capability: 'A floor below which the procedure refuses and says whom to ask',
    construct: '`upgrade.supported` with `otherwise`',
    node: `${SS}#upgrade.supported`,
    async check(examples) {
      const draft = await examples.draft(SS, SECRET_SERVER_LAB, secretServer('7.1.000014'));
      assert.equal(draft.plan, undefined);
      assert.match(draft.problems.map(({ diagnostic }) => diagnostic.message).join('\n'), /ask Technical support for Secret Server/);
      await examples.plan(SS, SECRET_SERVER_LAB, secretServer('7.1.000015'));
    },
  },
  {
    row: 29,
    capability: 'A value of a step that depends on the installed version',
    construct: '`${{ }}` over `hop.from`, here handed on as an input',
    node: 'secret-server/setup.runbook.yaml#open_setup',
    async check(examples) {
      const addressFrom = async (installed: string): Promise<unknown> => {
        const plan = await examples.plan(SS, SECRET_SERVER_LAB, secretServer(installed));
        const steps = [...stepsOf(plan.steps)].filter(({ id }) => id === 'open_setup');
        return steps.map((step) => rendered(plan, step, step.methods['gui']?.spec.open ?? ''));
      };
      const old = 'http://127.42.3.11:8080/installer.aspx';
      assert.deepEqual(await addressFrom('9.1.000000'), [old, old]);
      assert.deepEqual(await addressFrom('10.5.000000'), ['http://127.42.3.11:8080/Setup/Home']);
    },
  },
  {
    row: 30,
    capability: 'A step that exists only below an installed version',
    construct: '`when` over an advisory that `crosses()` a version',
    node: `${URBANCODE}#folders`,
    async check(examples) {
      assert.ok(pathsOf(await urbanCodeFrom(examples, '6.1.1.0')).includes('folders'), 'it is crossed');
      assert.ok(!pathsOf(await urbanCodeFrom(examples, '6.1.1.5')).includes('folders'), 'it was crossed before');
    },
  },
  {
    row: 31,
    capability: 'What can be seen depends on the installed version',
    construct: '`watch` with `when`',
    node: `${SPS}#reboot.watch`,
    async check(examples) {
      const plan = await examples.plan(SPS, SPS_SINGLE, { facts: { 'installed@sps_single': '7.0.1' } });
      assert.equal(stepOf(plan, 'primary_up/reboot').spec.watch?.[0]?.when, '!advisories.no_web_log');
    },
  },
  {
    row: 32,
    capability: 'Advice to take the latest maintenance release',
    construct: '`advisories` with severity `note`',
    node: `${SPS}#advisories.latest`,
    async check(examples) {
      const plan = await examples.plan(SPS, SPS_SINGLE, { facts: { 'installed@sps_single': '7.0.1' } });
      const advisory = plan.advisories.find(({ id }) => id === 'latest');
      assert.equal(advisory?.severity, 'note');
      assert.ok(!pathsOf(plan).some((path) => path.startsWith('advisories')), 'it demands nothing');
    },
  },
  {
    row: 33,
    capability: 'Another product is upgraded along with it',
    construct: '`advisories` that a person acknowledges, and `impact`',
    node: `${SS}#advisories.privilege_manager`,
    async check(examples) {
      const plan = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('10.5.000000'));
      const step = stepOf(plan, 'advisories/privilege_manager');
      assert.equal(step.action, 'manual');
      assert.equal(step.evidence.length, 1);
      assert.equal(step.section, 'prerequisites');
    },
  },
  {
    row: 34,
    capability: 'All nodes have the same version',
    construct: '`invariants` with `same`',
    node: `${URBANCODE}#invariants`,
    async check(examples) {
      const plan = await urbanCodeFrom(examples, '6.1.1.0');
      assert.deepEqual(
        plan.invariants.map(({ holds, at }) => ({ holds, at })),
        [{ holds: { same: { fact: 'installed', across: 'server' } }, at: ['start', 'end'] }],
      );
    },
  },
  {
    row: 35,
    capability: 'The version is found in one of several places',
    construct: '`facts` with a list under `read`',
    node: `${SPS}#facts.installed.read.1`,
    async check(examples) {
      const plan = await examples.plan(SPS, SPS_MINIONS, {
        facts: { 'upgrade.from': '7.0.1' },
      });
      const read = plan.scopes['main']?.facts['installed']?.read ?? [];
      assert.equal(read.length, 2);
      assert.match(JSON.stringify(read[1]), /system\.log/);
    },
  },
  {
    row: 36,
    capability: 'An update is only offered under a setting',
    construct: '`unless` and `verify` over `http`',
    node: 'secret-server/setup.runbook.yaml#automatic_checks',
    async check(examples) {
      const plan = await examples.plan(SS, SECRET_SERVER_LAB, secretServer('10.5.000000', { inputs: { target: '10.6.000000' } }));
      const step = stepOf(plan, 'hop@1/setup/automatic_checks');
      assert.ok(step.spec.unless !== undefined && step.spec.verify !== undefined, 'asked before and after');
      assert.ok(before(plan, step.path, 'hop@1/setup/update_offered'), 'before it is waited for');
    },
  },
];

async function hopsOf(examples: Examples, installed: string): Promise<readonly string[]> {
  const plan = await examples.plan(SS, SECRET_SERVER_LAB, secretServer(installed));
  return (plan.scopes['main']?.hops ?? []).map(({ from, to }) => `${from ?? '?'} → ${to}`);
}

async function urbanCodeFrom(examples: Examples, installed: string): Promise<Plan> {
  const facts = Object.fromEntries(['ucd_1', 'ucd_2', 'ucd_3'].map((host) => [`installed@${host}`, installed]));
  return examples.plan(URBANCODE, URBANCODE_THREE, { facts });
}

function rendered(plan: Plan, step: PlanStep, text: string): unknown {
  const scope = plan.scopes[step.scope];
  assert.ok(scope, `${step.path} has a scope`);
  return render(text, { scope, hosts: plan.hosts, hostRoles: step.hostRoles, host: step.targets[0]?.about[0] }, NOTHING_LIVE);
}

/** Whether a step stands before another in the plan. */
function before(plan: Plan, earlier: string, later: string): boolean {
  const paths = pathsOf(plan);
  return paths.includes(earlier) && paths.indexOf(earlier) < paths.indexOf(later);
}

/** The advisory that keeps a plan from being made, in its own words; empty when there is a plan. */
async function stoppedBy(examples: Examples, circumstances: Circumstances): Promise<string> {
  const draft = await examples.draft(SS, SECRET_SERVER_LAB, circumstances);
  assert.equal(draft.plan === undefined, draft.problems.length > 0);
  return draft.problems.map(({ diagnostic }) => diagnostic.message).join('; ');
}
