import assert from 'node:assert/strict';
import { briefingsOf } from '../../../src/extension/runs/briefings.js';
import { byPriority } from '../../../src/language/index.js';
import type { OutlineNode } from '../../../src/language/index.js';
import { orderDiagnostic, proveOrders } from '../../../src/planner/index.js';
import type { Plan, PlanReport } from '../../../src/planner/index.js';
import { secretServer, SECRET_SERVER, SECRET_SERVER_LAB, SPS, SPS_MINIONS, SPS_PAIR, SPS_SINGLE, URBANCODE } from '../circumstances.js';
import type { Circumstances, Examples } from '../examples.js';
import { pathsOf, stepOf } from '../examples.js';
import { answering, failuresOf, manualsOf, perform } from '../here.js';
import { moved, reportIn, secretServerPlan, spsPlan, urbanCodePlan } from '../plans.js';
import type { CapabilityRow } from '../row.js';
import { commandIn, textIn } from '../texts.js';

const SETUP = 'secret-server/setup.runbook.yaml';
const OPEN_SETUP = 'hop@1/setup/open_setup';

/** Document, language, reuse. */
export const LANGUAGE: readonly CapabilityRow[] = [
  {
    row: 1,
    capability: 'A runbook is found by its title and tags, in an order of priority',
    construct: '`title`, `tags`, `priority`',
    node: `${SECRET_SERVER}#priority`,
    async check(examples) {
      const files = ['clustering', 'to_10_9', 'secret_server', 'setup'].map((name) => `secret-server/${name}.runbook.yaml`);
      const cards = await Promise.all(files.map((file) => examples.card(file)));
      const [first] = cards.sort(byPriority);
      assert.equal(first?.title, 'Upgrade Secret Server');
      assert.deepEqual(first.tags, ['setup', 'upgrade']);
    },
  },
  {
    row: 2,
    capability: 'Parent and related documents that lead from one runbook to the next',
    construct: '`related`',
    node: `${URBANCODE}#related`,
    async check(examples) {
      const { related } = await examples.card(URBANCODE);
      const targets = ['https://docs.example.com/urbancode/upgrading', 'https://docs.example.com/urbancode/security'];
      assert.deepEqual(
        related.map(({ target }) => target),
        targets,
      );
      const links = (await examples.links(URBANCODE)).map(({ target }) => target);
      assert.ok(
        targets.every((target) => links.includes(target)),
        'the editor opens them',
      );
    },
  },
  {
    row: 3,
    capability: 'Remarks of four weights, on the whole run or on one step',
    construct: '`notes` with `severity`',
    node: `${URBANCODE}#stop.notes`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const run = await perform(plan, ['stop'], () => ({ programs: { systemctl: 'exit 1', service: 'exit 1' }, patience: 500 }));
      const [failure] = failuresOf(run);
      const then = failure === undefined ? undefined : run.stateAt(failure);
      assert.ok(then, 'the service cannot be stopped');
      const [briefing] = briefingsOf(then);
      assert.equal(briefing?.notes[0]?.severity, 'warning');
      assert.match(briefing.notes[0].text, /Every server must be down before the first installer runs/);
      const { notes } = await reportIn(examples, SECRET_SERVER, SECRET_SERVER_LAB, secretServer('10.5.000000'));
      assert.deepEqual(
        notes.map(({ severity }) => severity),
        ['caution'],
      );
    },
  },
  {
    row: 4,
    capability: 'Steps within a step, each with a name that stays',
    construct: '`steps` in a step, `id`',
    node: `${URBANCODE}#really_stopped`,
    async check(examples) {
      const named = (nodes: readonly OutlineNode[]): readonly string[] => nodes.flatMap(({ path, children }) => [path, ...named(children)]);
      const inText = named(await examples.outline(URBANCODE)).filter((path) => path.startsWith('really_stopped/'));
      assert.deepEqual(inText, ['really_stopped/no_pid_file', 'really_stopped/port_closed', 'really_stopped/no_process']);
      const planned = pathsOf(await urbanCodePlan(examples));
      assert.deepEqual(
        planned.filter((path) => path.startsWith('really_stopped/')),
        inText,
        'a step has one name in the text, in the plan and in the run',
      );
    },
  },
  {
    row: 5,
    capability: 'A picture of the screen that must appear',
    construct: '`figure`',
    node: `${SETUP}#open_setup.figure`,
    async check(examples) {
      const [gate] = manualsOf(await perform(await secretServerPlan(examples), [OPEN_SETUP], () => ({ answer: answering('gui') })));
      assert.equal(gate?.figure, 'figures/setup_home.svg');
      assert.match(await examples.text(`secret-server/${gate.figure}`), /^<svg .*Secret Server Upgrade Available/s);
      const links = (await examples.links(SETUP)).map(({ target }) => target);
      assert.ok(
        links.some((target) => target.endsWith('/secret-server/figures/setup_home.svg')),
        'the editor opens it',
      );
    },
  },
  {
    row: 6,
    capability: 'What must appear, apart from what is to be done',
    construct: '`expect`',
    node: `${SETUP}#open_setup.expect`,
    async check(examples) {
      const [gate] = manualsOf(await perform(await secretServerPlan(examples), [OPEN_SETUP], () => ({ answer: answering('gui') })));
      assert.match(gate?.text ?? '', /click the update link/);
      assert.equal(gate?.expect, 'The setup page offers the upgrade.');
    },
  },
  {
    row: 7,
    capability: 'For one target version, a more specific runbook is followed',
    construct: '`upgrade.instead` over `hop.to`',
    node: `${SECRET_SERVER}#upgrade.instead`,
    async check(examples) {
      const hopsTo = async (target: string): Promise<PlanReport['hops']> =>
        (await reportIn(examples, SECRET_SERVER, SECRET_SERVER_LAB, secretServer('10.5.000000', { inputs: { target } }))).hops;
      const [special] = await hopsTo('10.9.000032');
      assert.equal(special?.dispatched_to, 'to_10_9.runbook.yaml');
      assert.ok(special.steps.includes('hop@1/special_page'), special.steps.join());
      assert.ok(
        special.generic?.some(({ title }) => title === 'Upgrade'),
        'what would be done without it is shown beside it',
      );
      assert.deepEqual(
        (await hopsTo('10.6.000000')).map(({ dispatched_to: file }) => file),
        [undefined],
      );
    },
  },
  {
    row: 8,
    capability: 'Past a major release, another guide is followed',
    construct: '`upgrade.instead` over a named part of the version',
    node: `${SPS}#upgrade.instead`,
    async check(examples) {
      const guideFrom = async (installed: string): Promise<string | undefined> => {
        const report = await reportIn(examples, SPS, SPS_SINGLE, { facts: { 'installed@sps_single': installed } });
        return report.hops[0]?.dispatched_to;
      };
      assert.equal(await guideFrom('6.13.1'), 'sps_new_release.runbook.yaml');
      assert.equal(await guideFrom('7.0.1'), undefined);
    },
  },
  {
    row: 9,
    capability: 'A range of steps of another procedure',
    construct: '`use: "#a..b"`',
    node: `${SPS}#primary_up`,
    async check(examples) {
      const plan = await spsPlan(examples);
      assert.deepEqual(below(plan, 'primary_up'), ['reboot', 'new_version']);
      assert.deepEqual(
        stepOf(plan, 'primary_up/reboot').reachedBy.map(({ use }) => use),
        ['#reboot..new_version'],
      );
      const [violation] = proveOrders(moved(plan, 'primary_up', 'minions')).violations;
      assert.equal(violation?.step.path, 'primary_up/reboot', 'orders are proven through the range');
    },
  },
  {
    row: 10,
    capability: 'Steps of the same file as a way that is gone for each host',
    construct: '`use` of a range in a `serial` group',
    node: `${SPS}#minions/boot_and_check`,
    async check(examples) {
      const plan = await spsPlan(examples);
      for (const minion of ['minion_1', 'minion_2']) {
        assert.deepEqual(below(plan, `minions@${minion}/boot_and_check`), below(plan, 'primary_up'));
        const { about } = stepOf(plan, `minions@${minion}/boot_and_check/reboot`).targets[0] ?? {};
        assert.deepEqual(about, [minion]);
      }
    },
  },
  {
    row: 11,
    capability: 'One runbook for several layouts',
    construct: '`roles` with `hosts: 0..1`; a role without hosts drops its steps',
    node: `${SPS}#roles.secondary.hosts`,
    async check(examples) {
      const [single, pair, minions] = await layouts(examples);
      const about = (plan: Plan, word: string): boolean => pathsOf(plan).some((path) => path.startsWith(word));
      assert.deepEqual(
        [single, pair, minions].map((plan) => about(plan, 'stop_other')),
        [false, true, true],
      );
      assert.deepEqual(
        [single, pair, minions].map((plan) => about(plan, 'minions@')),
        [false, false, true],
      );
      assert.deepEqual(
        [single, pair, minions].map((plan) => about(plan, 'primary_up/reboot')),
        [true, true, true],
      );
    },
  },
  {
    row: 12,
    capability: 'Preconditions that all layouts share',
    construct: '`prerequisites`, `on` several roles',
    node: `${SPS}#prerequisites`,
    async check(examples) {
      const [single, pair, minions] = await layouts(examples);
      const required = (plan: Plan): readonly string[] => pathsOf(plan).filter((path) => stepOf(plan, path).section === 'prerequisites');
      const shared = required(single);
      assert.deepEqual(shared.slice(0, 5), ['account', 'downloaded', 'release_notes', 'healthy', 'configuration_backup']);
      for (const plan of [pair, minions]) {
        assert.deepEqual(
          required(plan).filter((path) => shared.includes(path)),
          shared,
        );
        assert.ok(required(plan).length > shared.length, 'those of the other node come on top');
      }
      const hosts = stepOf(minions, 'healthy').targets.map(({ key }) => key);
      assert.deepEqual(hosts, ['sps_primary', 'minion_1', 'minion_2']);
    },
  },
  {
    row: 13,
    capability: 'Two ways to one goal, by page or by command',
    construct: '`methods`',
    node: `${SPS}#activate.methods.script`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const programs = {
        sps: 'case "$2" in activate) touch "$DIR/set" ;; list) [ -e "$DIR/set" ] && echo "7.0.2.1 LTS after reboot" ;; esac',
      };
      const byCommand = await perform(plan, ['stage/activate'], () => ({ programs }));
      assert.equal(byCommand.state.status, 'succeeded', failuresOf(byCommand)[0]?.failure.message);
      assert.ok(byCommand.calls.includes('sps firmware activate 7.0.2.1 LTS'), 'the command was used');
      const byPage = await perform(plan, ['stage/activate'], () => ({ programs, answer: answering('gui'), patience: 500 }));
      assert.match(manualsOf(byPage)[0]?.text ?? '', /select \*\*After reboot\*\*/);
      assert.ok(!byPage.calls.some((call) => call.startsWith('sps firmware activate')), 'the command was not used');
    },
  },
  {
    row: 14,
    capability: 'The runbook that comes next, under a condition',
    construct: '`next` with `when`',
    node: `${SECRET_SERVER}#next`,
    async check(examples) {
      const nextWith = async (clustering: boolean): Promise<readonly unknown[]> => {
        const circumstances = secretServer('10.5.000000', { inputs: { clustering } });
        const { next } = await reportIn(examples, SECRET_SERVER, SECRET_SERVER_LAB, circumstances);
        return next.map(({ use, verdict }) => [use, verdict]);
      };
      assert.deepEqual(await nextWith(true), [['clustering.runbook.yaml', 'yes']]);
      assert.deepEqual(await nextWith(false), [['clustering.runbook.yaml', 'no']]);
    },
  },
  {
    row: 15,
    capability: 'Steps that may be left out',
    construct: '`optional: true`',
    node: `${SPS}#core_files.optional`,
    async check(examples) {
      const run = await perform(await spsPlan(examples), ['core_files'], () => ({
        programs: { sps: 'exit 0' },
        answer: (gate) => (gate.kind === 'method' && gate.optional === true ? { kind: 'skip', why: '' } : { kind: 'stop' }),
      }));
      assert.equal(run.state.status, 'succeeded', 'nobody has to say why');
      assert.deepEqual(run.calls, []);
      assert.deepEqual(
        Object.values(run.state.steps['core_files'] ?? {}).map(({ status }) => status),
        ['skipped', 'skipped', 'skipped'],
      );
    },
  },
  {
    row: 16,
    capability: 'Values in commands and addresses',
    construct: '`${{ }}` in `args` and `open`, never in the text of a script',
    node: `${URBANCODE}#package/fetch.args`,
    async check(examples) {
      const address = 'https://packages.example.com/ucd%20x.tar?a=1&b=2';
      const plan = await urbanCodePlan(examples, { package_url: address });
      const { args, script } = await commandIn(plan, stepOf(plan, 'package/fetch'), 'linux');
      assert.deepEqual(args, [address, '/var/tmp/ucd-install.tar'], 'each arrives as one argument');
      assert.ok(!script.includes(address), 'the script is the same whatever the value');
      const gui = stepOf(plan, 'isolate').methods['gui'];
      assert.ok(gui, 'there is a way by page');
      assert.equal(textIn(plan, gui, gui.spec.open), 'http://127.42.2.5:8080');
    },
  },
  {
    row: 17,
    capability: 'The danger that an order averts, told where the order is broken',
    construct: '`because` on an `order`',
    node: `${SPS}#order.1.because`,
    async check(examples) {
      const [violation] = proveOrders(moved(await spsPlan(examples), 'primary_up', 'minions')).violations;
      assert.ok(violation, 'the master would be rebooted first');
      const { message } = orderDiagnostic(await examples.project(SPS), violation).diagnostic;
      assert.match(message, /may create an index of the old kind; its documents are then refused/);
    },
  },
];

/** Ids of the steps of a group, in order. */
function below(plan: Plan, path: string): readonly string[] {
  return pathsOf(plan).flatMap((step) => (step.startsWith(`${path}/`) ? [step.slice(path.length + 1)] : []));
}

/** A single node, a pair, a pair with Search Minions. */
async function layouts(examples: Examples): Promise<readonly [Plan, Plan, Plan]> {
  const old = (...hosts: readonly string[]): Circumstances => ({
    facts: Object.fromEntries(hosts.map((host) => [`installed@${host}`, '7.0.1'])),
  });
  return [
    await examples.plan(SPS, SPS_SINGLE, old('sps_single')),
    await examples.plan(SPS, SPS_PAIR, old('pair_primary', 'pair_secondary')),
    await examples.plan(SPS, SPS_MINIONS, old('sps_primary', 'sps_secondary', 'minion_1', 'minion_2')),
  ];
}
