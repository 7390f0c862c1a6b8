import { reduce } from '../../../src/events/index.js';
import type { EventBody, Gate, RunEvent, RunState } from '../../../src/events/index.js';
import { LOCAL, NO_HOST } from '../../../src/planner/index.js';
import type { Plan, PlanGroup, PlanHost, PlanNode, PlanStep } from '../../../src/planner/index.js';

const AT = { file: 'cluster.runbook.yaml', line: 12 };
export const START = Date.parse('2026-03-14T02:00:00Z');

/** A step of a made-up plan. */
export function step(path: string, title: string, hosts: readonly string[], more: Partial<PlanStep> = {}): PlanStep {
  return {
    kind: 'step',
    path,
    id: path.split('/').at(-1) ?? path,
    title,
    scope: 'main',
    hostRoles: [],
    section: 'steps',
    action: 'run',
    conditions: [],
    targets: hosts.length === 0 ? [{ key: NO_HOST, about: [], at: LOCAL }] : hosts.map((host) => ({ key: host, about: [host], at: host })),
    parallel: 10,
    pauseBetweenMs: 0,
    everyMs: 10_000,
    retry: { times: 0, everyMs: 0, safe: false },
    spec: { run: 'true' },
    answers: [],
    evidence: [],
    effects: [],
    stages: [],
    optional: false,
    reachedBy: [],
    remedies: [],
    undo: [],
    methods: {},
    at: AT,
    ...more,
  };
}

export function group(path: string, title: string, children: readonly PlanNode[]): PlanGroup {
  return { kind: 'group', path, id: path.split('/').at(-1) ?? path, title, hosts: [], children, notes: [], pauseBetweenMs: 0, at: AT };
}

function host(name: string, last: number): PlanHost {
  return { name, address: `192.0.2.${String(last)}`, connection: 'ssh', platform: 'linux', user: 'root', vars: {} };
}

export function plan(steps: readonly PlanNode[], more: Partial<Plan> = {}): Plan {
  return {
    format: 2,
    runbook: { id: 'cluster', title: 'Upgrade the session cluster', file: 'cluster.runbook.yaml', digest: '' },
    environment: { id: 'staging', title: 'Staging', production: false, approvers: [], windows: [], blackouts: [] },
    hosts: {
      primary: host('primary', 11),
      secondary: host('secondary', 12),
      minion_1: host('minion_1', 21),
      minion_2: host('minion_2', 22),
    },
    scopes: {},
    inputs: {},
    secrets: {},
    contacts: {},
    notes: [],
    steps,
    invariants: [],
    advisories: [],
    orders: [],
    derivedRoles: [],
    next: [],
    ...more,
  };
}

/** A run that is told event by event; each is 40 s after the one before. */
export class Story {
  state: RunState;
  #seq = 1;

  constructor(ofPlan: Plan) {
    this.state = reduce(
      undefined,
      this.#stamp({
        type: 'run_created',
        run: '2026-03-14-cluster-7f3a',
        format: 1,
        engine: '0.1.0',
        base: '/home/ada/runbooks',
        plan: ofPlan,
        digest: 'd'.repeat(64),
        operator: 'ada',
      }),
    );
    this.tell({ type: 'run_opened', epoch: 1, operator: 'ada', owner: { pid: 1, bootId: 'b', startTime: '1', host: 'desk' } });
  }

  tell(body: EventBody): this {
    this.state = reduce(this.state, this.#stamp(body));
    return this;
  }

  begin(path: string, target: string): this {
    return this.tell({
      type: 'attempt_intended',
      step: path,
      target,
      attempt: 1,
      id: `${path}.${target}.1`,
      at_host: target === NO_HOST ? LOCAL : target,
    });
  }

  done(path: string, ...targets: readonly string[]): this {
    for (const target of targets)
      this.begin(path, target).tell({
        type: 'attempt_ended',
        step: path,
        target,
        attempt: 1,
        outcome: 'succeeded',
        exitCode: 0,
        durationMs: 31_000,
      });
    return this;
  }

  fail(path: string, target: string): this {
    const failure = { reason: 'exit_code', message: 'The script ended with exit code 1.' } as const;
    return this.begin(path, target).tell({
      type: 'attempt_ended',
      step: path,
      target,
      attempt: 1,
      outcome: 'failed',
      exitCode: 1,
      durationMs: 9000,
      failure,
    });
  }

  ask(gate: Gate): this {
    return this.tell({ type: 'gate_opened', gate });
  }

  /** Time of the last event. */
  get now(): string {
    return new Date(START + this.#seq * 40_000).toISOString();
  }

  #stamp(body: EventBody): RunEvent {
    const seq = this.#seq;
    this.#seq += 1;
    return { ...body, seq, at: new Date(START + seq * 40_000).toISOString(), mono: seq * 40_000 };
  }
}

const MINIONS = ['minion_1', 'minion_2'];

/** Two nodes and two minions, as the pictures show them. */
export function clusterPlan(): Plan {
  return plan(
    [
      group('prepare', 'Prepare', [
        step('prepare/backup', 'Export the configuration', ['primary']),
        step('prepare/healthy', 'No open issues', ['primary', 'secondary', ...MINIONS], { action: 'check' }),
      ]),
      group('stage', 'Stage the firmware', [
        step('stage/upload', 'Upload the firmware', ['primary'], { action: 'upload', estimateMs: 300_000 }),
        step('stage/notes', 'Read the upgrade notes', ['primary'], { action: 'manual' }),
        step('stage/test', 'Test the configuration against the firmware', ['primary'], { estimateMs: 120_000 }),
        step('stage/activate', 'Activate after the next boot', ['primary'], {
          spec: { run: 'true', irreversible: 'the old firmware is gone after the reboot' },
        }),
      ]),
      group('minions', 'Search Minions, one after the other', [
        group('minions@minion_1', 'minion_1', [
          step('minions@minion_1/upgrade', 'Upgrade the minion', ['minion_1'], { estimateMs: 900_000 }),
          step('minions@minion_1/back', 'Wait until it indexes again', ['minion_1'], { action: 'wait' }),
        ]),
        group('minions@minion_2', 'minion_2', [
          step('minions@minion_2/upgrade', 'Upgrade the minion', ['minion_2'], { estimateMs: 900_000 }),
          step('minions@minion_2/back', 'Wait until it indexes again', ['minion_2'], { action: 'wait' }),
        ]),
      ]),
      group('switch', 'Bring the pair up', [
        step('switch/reboot', 'Reboot the primary', ['primary'], {
          action: 'reboot',
          estimateMs: 1_200_000,
          spec: { reboot: {}, irreversible: 'the databases are migrated at this boot' },
        }),
        step('switch/power_on', 'Power on the secondary', []),
        step('switch/same', 'Same version on both', ['primary', 'secondary'], { action: 'check' }),
      ]),
    ],
    { notes: [{ severity: 'important', text: 'Rehearse this on a **test cluster** first.' }] },
  );
}
