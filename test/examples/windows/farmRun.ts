import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/engine/index.js';
import { WINDOWS_KILL_SCRIPT } from '../../../src/engine/transports/windows/wrapper.js';
import type { Gate, GateAnswer, RunEvent, RunState } from '../../../src/events/index.js';
import { planDigest } from '../../../src/planner/index.js';
import type { Plan, PlanNode } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import type { ScriptedServer } from '../../support/sshServer.js';
import { startFarmServices } from './farmServices.js';
import type { BalancerTrouble } from './farmServices.js';
import { WebHost } from './webHost.js';
import type { HostTroubles } from './webHost.js';
import { startWindowsServer } from './windowsServer.js';
import type { SentCommand } from './windowsServer.js';

const FOLDER = join(import.meta.dirname, '../../../examples/windows-patching');

/** Pauses of a run under test, and the time limit of the steps in which it meets trouble, in milliseconds. */
const QUICK = { every: 20, timeout: 3000 };

/** What goes wrong in a run: on the first server, or at the load balancer. */
export interface FarmTroubles extends HostTroubles {
  readonly balancer?: BalancerTrouble;
}

/** A command with the place in the run that it was sent for. */
export interface PlacedCommand extends SentCommand {
  /** Path of the step, `invariant N`, or `hosts` for the first look. */
  readonly place: string;
}

/** What a run of the example did. */
export interface FarmRun {
  readonly state: RunState;
  readonly gates: readonly Gate[];
  readonly commands: readonly PlacedCommand[];
  /** Changing web requests and the scripts that change hosts, in the order they arrived. */
  readonly acts: readonly string[];
}

/** Carries the example out with the real engine over real SSH, against servers that answer as Windows would. */
export async function runFarm(troubles: FarmTroubles, answer: (gate: Gate) => GateAnswer): Promise<FarmRun> {
  const directory = await mkdtemp(join(tmpdir(), 'windows-patching-'));
  const commands: PlacedCommand[] = [];
  const acts: string[] = [];
  const waiting: SentCommand[] = [];
  const services = await startFarmServices((change) => acts.push(change), troubles.balancer);
  const [first, second] = [await startHost('web_1', troubles), await startHost('web_2', {})];
  const servers = [first, second];
  const engine = createEngine({
    stateDirectory: join(directory, 'state'),
    version: 'test',
    operator: 'pat',
    baseDirectory: directory,
    assertMayAct: () => undefined,
    secret: () => Promise.resolve({ value: 'of-the-balancer', from: 'the test' }),
    ssh: {
      knownHosts: [join(directory, 'known_hosts')],
      identities: [],
      useConfig: false,
      trustUnknownKey: () => Promise.resolve(true),
      askSecret: () => Promise.resolve('secret'),
    },
  });
  try {
    const plan = quick(await farmPlan(services.url, servers), troubledSteps(troubles));
    const run = await engine.start({ plan, digest: planDigest(plan), facts: [], approval: 'flag' });
    const gates: Gate[] = [];
    run.onEvent((event) => {
      const place = placeOf(event);
      if (place !== undefined) commands.push(...waiting.splice(0).map((command) => ({ place, ...command })));
      if (event.type !== 'gate_opened') return;
      gates.push(event.gate);
      queueMicrotask(() => {
        run.answer(event.gate.id, answer(event.gate), 'Robin');
      });
    });
    return { state: await run.finished, gates, commands, acts };
  } finally {
    await Promise.all([services.stop(), ...servers.map((server) => server.stop())]);
    await rm(directory, { recursive: true, force: true });
  }

  function startHost(name: string, its: HostTroubles): Promise<ScriptedServer> {
    const host = new WebHost('3b7c1d0f5a9e8264c0b1f2e3d4a5968778695a4b3c2d1e0f00112233445566ff', its);
    return startWindowsServer(name, (command) => {
      // Whether a look is cut short by a time limit depends on the machine; see the test of the wrapper.
      if (command.script === WINDOWS_KILL_SCRIPT) return {};
      waiting.push(command);
      const act = actOf(command);
      if (act !== undefined) acts.push(`${name} ${act}`);
      return host.answer(command);
    });
  }
}

/** What a script changes, in a word; undefined for one that only looks. */
function actOf({ script, args }: SentCommand): string | undefined {
  if (script.includes('Stop-Service')) return `${args[1] ?? ''} ${args[0] ?? ''}`;
  return /(?:Stop-(?:WebAppPool|Process)|(?:Start|Restart|Unregister)-\w+|Invoke-WebRequest|Remove-Item)/.exec(script)?.[0];
}

/** What was sent before such an event was sent for its place. */
function placeOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'host_seen':
      return 'hosts';
    case 'attempt_intended':
    case 'attempt_ended':
    case 'skipped':
      return event.step.replace(/@[^/]*/, '');
    case 'invariant_checked':
      return `invariant ${String(event.index + 1)}`;
    case 'group_decided':
      return event.group;
    default:
      return undefined;
  }
}

/** The plan of the example for servers on this machine. */
async function farmPlan(url: string, servers: readonly ScriptedServer[]): Promise<Plan> {
  let inventory = await readFile(join(FOLDER, 'staging.inventory.yaml'), 'utf8');
  inventory = inventory.replaceAll(/https:\/\/(?:balancer|machines|web-\d)\.staging\.example\.com(?:\/api)?/g, url);
  servers.forEach(({ address, port }, index) => {
    const named = `address: web-${String(index + 1)}.staging.example.com`;
    inventory = inventory.replace(named, `address: ${address}\n    port: ${String(port)}`);
  });
  return planOf({ runbooks: { 'patching.runbook.yaml': await readFile(join(FOLDER, 'patching.runbook.yaml'), 'utf8') }, inventory });
}

function troubledSteps({ requestHangs, installResult, balancer }: FarmTroubles): readonly string[] {
  return [
    ...(requestHangs === true ? ['stop_pool'] : []),
    ...(installResult === undefined ? [] : ['install']),
    ...(balancer === 'keeps_draining' ? ['rejoin'] : []),
  ];
}

/** The same plan without its waiting, at any time of the day, and with little patience for some steps. */
function quick(plan: Plan, impatient: readonly string[]): Plan {
  const faster = (node: PlanNode): PlanNode =>
    node.kind === 'group'
      ? { ...node, pauseBetweenMs: 0, children: node.children.map(faster) }
      : {
          ...node,
          everyMs: QUICK.every,
          retry: { ...node.retry, everyMs: QUICK.every },
          ...(impatient.includes(node.id) ? { timeoutMs: QUICK.timeout } : {}),
        };
  return { ...plan, environment: { ...plan.environment, windows: [], blackouts: [] }, steps: plan.steps.map(faster) };
}
