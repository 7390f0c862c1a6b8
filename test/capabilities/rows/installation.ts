import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { NOTHING_LIVE, proveOrders, renderKnown } from '../../../src/planner/index.js';
import type { Plan } from '../../../src/planner/index.js';
import { SPS, URBANCODE } from '../circumstances.js';
import { pathsOf, stepOf } from '../examples.js';
import { answering, failuresOf, given, manualsOf, perform, takingRemedies, triesOf } from '../here.js';
import type { Performed } from '../here.js';
import { serviceOver } from '../../support/language/service.js';
import { asks, installer } from '../installer.js';
import { moved, spsPlan, urbanCodePlan } from '../plans.js';
import { withProcess } from '../processes.js';
import type { CapabilityRow } from '../row.js';
import { withSite } from '../site.js';
import { commandIn, textIn } from '../texts.js';

const UCD = URBANCODE;
const BALANCER = 'http://127.42.2.5:8080';

/** Execution on hosts: a cluster is brought down, its software is installed, and it comes back. */
export const INSTALLATION: readonly CapabilityRow[] = [
  {
    row: 78,
    capability: 'The first node, then the others',
    construct: '`order` from a derived role to the rest of it',
    node: `${UCD}#order.2`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      assert.deepEqual(proveOrders(plan).violations, []);
      const { violations } = proveOrders(moved(plan, 'others', 'first'));
      const [violation] = violations.filter(({ step }) => step.path === 'others@ucd_2/install');
      assert.match(violation?.order.because ?? '', /upgrades the database/);
    },
  },
  {
    row: 79,
    capability: 'Done once for the cluster, and never again',
    construct: '`answers` with `never`, `when: !host.is("first_server")`',
    node: `${UCD}#install.answers.4`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const asked = (path: string): Promise<Performed> =>
        perform(plan, [path], (directory) => installer(directory, asks('Do you want to upgrade the database? [y,n]:')));
      const first = await asked('first/install');
      assert.equal(first.calls.at(-1), 'yes', JSON.stringify(failuresOf(first)));
      const other = await asked('others@ucd_2/install');
      assert.equal(failuresOf(other)[0]?.failure.reason, 'forbidden_prompt');
      assert.match(failuresOf(other)[0]?.failure.message ?? '', /has upgraded the database already/);
    },
  },
  {
    row: 80,
    capability: 'Everything is stopped before anything goes on',
    construct: '`order` over all hosts of a role',
    node: `${UCD}#order.1`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      assert.deepEqual(proveOrders(plan).violations, []);
      const one = JSON.parse(JSON.stringify(plan)) as Plan;
      const stop = stepOf(one, 'stop') as { targets: unknown };
      stop.targets = stepOf(plan, 'stop').targets.slice(1);
      const [violation] = proveOrders(one).violations;
      assert.equal(violation?.step.path, 'first/install');
      assert.deepEqual(violation.missing[0]?.hosts, ['ucd_1'], 'one server that still runs is enough');
    },
  },
  {
    row: 81,
    capability: 'A node is proven to be out of the load balancer',
    construct: '`effects: [isolate]` with `verify`',
    node: `${UCD}#isolate.verify`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const isolated = (state: string): Promise<Performed> =>
        withSite(
          () => ({ json: { state } }),
          (url) => perform(plan, ['isolate'], () => ({ instead: { [BALANCER]: url }, patience: 1_500 })),
        );
      assert.equal((await isolated('disabled')).state.status, 'succeeded');
      const [failure] = failuresOf(await isolated('enabled'));
      assert.equal(failure?.failure.reason, 'not_verified', 'the load balancer took the request and did nothing');
    },
  },
  {
    row: 82,
    capability: 'A file must not be there',
    construct: '`check: { file: { state: absent } }`',
    node: `${UCD}#no_pid_file.check.file.state`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const looked = (file: string): Promise<Performed> =>
        perform(plan, ['really_stopped/no_pid_file'], (directory) => ({
          files: { [file]: '4711' },
          instead: { '/opt/ucd': `${directory}/ucd`, '"times":2': '"times":0' },
        }));
      assert.equal((await looked('ucd/var/other.pid')).state.status, 'succeeded');
      const [failure] = failuresOf(await looked('ucd/var/server.pid'));
      assert.equal(failure?.failure.reason, 'does_not_hold');
      assert.match(failure.failure.message, /ucd\/var\/server\.pid/);
    },
  },
  {
    row: 83,
    capability: 'Nothing may listen on a port, which is a parameter',
    construct: '`check: { port: { state: closed } }` over a role variable',
    node: `${UCD}#port_closed`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const looked = (port: number): Promise<Performed> =>
        perform(plan, ['really_stopped/port_closed'], () => ({
          instead: { '"port":8443': `"port":${String(port)}`, '"times":2': '"times":0' },
        }));
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        assert.equal(failuresOf(await looked(port))[0]?.failure.reason, 'does_not_hold');
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
      assert.equal((await looked(port)).state.status, 'succeeded');
    },
  },
  {
    row: 84,
    capability: 'A process must not run; a person reads what was found',
    construct: '`check: { process: { state: absent } }`',
    node: `${UCD}#no_process`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const looked = (): Promise<Performed> =>
        perform(plan, ['really_stopped/no_process'], () => ({
          instead: { '"times":2': '"times":0' },
          answer: answering('script', (gate) => (gate.kind === 'failure' ? { kind: 'skip', why: 'I know this one.' } : undefined)),
        }));
      await withProcess('ucd-server-manual', async () => {
        assert.deepEqual(failuresOf(await looked()), [], 'another program whose name is longer');
      });
      await withProcess('ucd-server', async (pid) => {
        const run = await looked();
        assert.match(failuresOf(run)[0]?.failure.detail ?? '', new RegExp(`^${String(pid)} .*ucd-server`));
        const skipped = run.events.find((event) => event.type === 'skipped');
        assert.equal(skipped?.text, 'I know this one.', 'what the person makes of it is recorded');
      });
    },
  },
  {
    row: 85,
    capability: 'Check, remedy, check again',
    construct: '`on_failure.remedies` with an action',
    node: `${UCD}#no_process.on_failure`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      await withProcess('ucd-server', async (pid) => {
        const run = await perform(plan, ['really_stopped/no_process'], () => ({
          programs: { 'ucd-server-script': `kill ${String(pid)} 2> /dev/null || :` },
          instead: { '"times":2': '"times":0' },
          answer: takingRemedies(),
        }));
        assert.equal(run.state.status, 'succeeded', run.state.closing);
        assert.equal(run.calls[0], 'ucd-server-script stop -force');
        const hosts = Object.keys(run.state.steps['really_stopped/no_process'] ?? {}).length;
        assert.ok(triesOf(run, 'really_stopped/no_process') > hosts, 'it was looked for once more');
      });
    },
  },
  {
    row: 86,
    capability: 'A command for Windows',
    construct: '`run: { windows: … }`',
    node: `${UCD}#install.run.windows`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const { script, shell } = await commandIn(plan, stepOf(plan, 'first/install'), 'windows');
      assert.equal(shell, 'powershell');
      assert.match(script, /^\.\\install-server\.bat /);
    },
  },
  {
    row: 87,
    capability: 'A command for Linux',
    construct: '`run: { linux: … }` with `workdir`',
    node: `${UCD}#install.run.linux`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const run = await perform(plan, ['first/install'], (directory) => installer(directory, 'echo "in $PWD" >> "$DIR/calls"'));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.match(run.calls[0] ?? '', /^in .*\/ucd-install$/);
    },
  },
  {
    row: 88,
    capability: 'A yes-or-no option adds a switch',
    construct: '`args: [{ value, when }]`',
    node: `${UCD}#install.args`,
    async check(examples) {
      for (const fips of [true, false]) {
        const plan = await urbanCodePlan(examples, { fips });
        const step = stepOf(plan, 'first/install');
        for (const platform of ['linux', 'windows'] as const) {
          assert.deepEqual((await commandIn(plan, step, platform)).args, fips ? ['-fips'] : []);
        }
      }
    },
  },
  {
    row: 89,
    capability: 'What follows from an option is said before it is chosen',
    construct: '`advisories` over an input, acknowledged before anything is done',
    node: `${UCD}#advisories.fips`,
    async check(examples) {
      const plan = await urbanCodePlan(examples, { fips: true });
      const step = stepOf(plan, 'advisories/fips');
      assert.equal(pathsOf(plan)[0], step.path);
      assert.match(String(textIn(plan, step, step.spec.manual)), /no cloud provisioning/);
      assert.ok(!pathsOf(await urbanCodePlan(examples)).includes(step.path), 'not without the option');
    },
  },
  {
    row: 90,
    capability: 'A question of an installer is known by its text and answered',
    construct: '`answers: [{ prompt, answer }]`',
    node: `${UCD}#install.answers.2`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const question = 'Where should the server store application data such as logs, plugins, and keystores?';
      const run = await perform(plan, ['first/install'], (directory) => installer(directory, asks(question)));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.deepEqual(run.calls, ['/mnt/ucd/app_data']);
    },
  },
  {
    row: 91,
    capability: 'The answer is the path of this very host; then the upgrade is confirmed',
    construct: '`answers` with a role variable',
    node: `${UCD}#install.answers.0`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const questions = [
        asks('Enter the installation directory [default]:'),
        asks('Do you want to upgrade the current installation? [y,n]:'),
      ];
      const run = await perform(plan, ['first/install'], (directory) => installer(directory, questions.join('\n')));
      assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
      assert.match(run.calls[0] ?? '', /\/ucd$/);
      assert.equal(run.calls[1], 'yes');
    },
  },
  {
    row: 92,
    capability: 'Data is moved where it is needed, as a person judges',
    construct: '`methods` with a way by hand, `unless` and `verify`',
    node: `${UCD}#folders.methods.by_hand`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      const moving = (folders: readonly string[]): Promise<Performed> =>
        perform(plan, ['folders'], (directory) => ({
          files: Object.fromEntries(folders.map((name) => [`app_data/${name}/x`, ''])),
          instead: { '/mnt/ucd': directory },
          patience: 1_500,
          answer: answering('by_hand', (gate) => (gate.kind === 'manual' ? given(gate, { attest_1: true }) : undefined)),
        }));
      const none = await moving(['logs', 'plugins']);
      assert.match(manualsOf(none)[0]?.text ?? '', /move what stands elsewhere/);
      assert.equal(failuresOf(none)[0]?.failure.reason, 'not_verified', 'what a person confirms is looked at, too');
      const whole = await moving(['logs', 'plugins', 'keystores']);
      assert.deepEqual(manualsOf(whole), [], 'it is so already');
    },
  },
  {
    row: 93,
    capability: 'Servers are started and stopped by their service scripts only',
    construct: '`service`, and the rule `bypassed-service`',
    node: `${UCD}#start`,
    async check(examples) {
      const plan = await urbanCodePlan(examples);
      await withSite(
        () => ({ json: { version: '7.0.4.2' } }),
        async (url) => {
          const run = await perform(plan, ['first/start'], () => ({
            programs: { systemctl: 'exit 0' },
            instead: { 'http://127.42.2.11:8443': url, '"port":8443': `"port":${new URL(url).port}` },
          }));
          assert.equal(run.state.status, 'succeeded', failuresOf(run)[0]?.failure.message);
          assert.deepEqual(run.calls, ['systemctl start ucd']);
        },
      );
      assert.deepEqual(
        (await examples.findings(UCD)).filter(({ code }) => code === 'bypassed-service'),
        [],
      );
      const file = '/work/urbancode.runbook.yaml';
      const killed = (await examples.text(UCD)).replaceAll(
        'service: { name: ucd, state: stopped }\n    effects',
        'run: pkill ucd-server\n    effects',
      );
      const found = (await serviceOver({ [file]: killed }).diagnose(file)).filter(({ code }) => code === 'bypassed-service');
      assert.match(found[0]?.message ?? '', /"pkill" goes past the service script/);
    },
  },
  {
    row: 94,
    capability: 'Progress is seen in two places',
    construct: '`watch` with more than one address',
    node: `${SPS}#power_on.watch`,
    async check(examples) {
      const plan = await spsPlan(examples);
      const step = stepOf(plan, 'back/power_on');
      const scope = plan.scopes[step.scope];
      assert.ok(scope, 'it has a scope');
      const place = { scope, hosts: plan.hosts, hostRoles: step.hostRoles, host: 'sps_secondary' };
      assert.deepEqual(
        step.spec.watch?.map(({ open }) => renderKnown(open, place, NOTHING_LIVE)),
        ['https://127.42.1.112', 'http://127.42.1.11:8080/basic/high-availability'],
      );
    },
  },
];
