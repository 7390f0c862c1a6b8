import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Gate, GateAnswer, RunEvent, RunState } from '../../src/events/index.js';
import { planDigest } from '../../src/planner/index.js';
import type { Plan, PlanNode, PlainValue } from '../../src/planner/index.js';
import { TestEngine, TestRun } from '../support/running.js';
import type { Answers } from '../support/running.js';

/** How this machine stands in for the hosts of an example. */
export interface StandIn {
  /** Shell scripts by the name of the program they stand in for; `$DIR` is the directory of the run. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Files by their path below the directory of the run. */
  readonly files?: Readonly<Record<string, string>>;
  /** Text of the plan, such as paths and addresses, with what takes its place. */
  readonly instead?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly answer?: Answers;
  /** Longest time for any attempt, in milliseconds. */
  readonly patience?: number;
}

/** What became of the steps. */
export interface Performed {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly gates: readonly Gate[];
  /** Command lines of the programs, in the order they were called. */
  readonly calls: readonly string[];
  /** What was known when a gate opened. */
  stateAt(gate: Gate): RunState | undefined;
}

export type FailureGate = Extract<Gate, { kind: 'failure' }>;
export type ManualGate = Extract<Gate, { kind: 'manual' }>;

/** Carries some steps of an example out with the real engine; each of its hosts is this machine. */
export async function perform(
  plan: Plan,
  paths: readonly string[],
  standIn: (directory: string) => StandIn = () => ({}),
): Promise<Performed> {
  const engine = await TestEngine.open();
  const path = process.env['PATH'] ?? '';
  try {
    const { directory } = engine;
    const { programs = {}, files = {}, instead = {}, secrets = {}, answer = answering('script'), patience } = standIn(directory);
    for (const [name, script] of Object.entries(programs)) {
      const head = `#!/bin/sh\nDIR='${directory}'\necho "${name} $*" >> "$DIR/calls"\n`;
      await write(join(directory, 'bin', name), `${head}${script}\n`, true);
    }
    for (const [name, text] of Object.entries(files)) await write(join(directory, name), text, text.startsWith('#!'));
    Object.assign(engine.secrets, secrets);
    process.env['PATH'] = `${join(directory, 'bin')}:${path}`;
    const here = onThisMachine(plan, paths, instead, patience ?? 10_000);
    const states = new Map<string, RunState>();
    const handle = await engine.engine.start({ plan: here, digest: planDigest(here), facts: [], approval: 'flag' });
    const run = new TestRun(handle, (gate) => {
      states.set(gate.id, handle.state);
      return answer(gate);
    });
    const state = await run.finished();
    const calls = await readFile(join(directory, 'calls'), 'utf8').catch(() => '');
    const stateAt = ({ id }: Gate): RunState | undefined => states.get(id);
    return { state, events: run.events, gates: run.gates, calls: calls.split('\n').filter(Boolean), stateAt };
  } finally {
    process.env['PATH'] = path;
    await engine.close();
  }
}

/** Chooses one way wherever there are several; what else is asked goes to `more`, and stops the run where that does not answer. */
export function answering(way: string, more: (gate: Gate) => GateAnswer | undefined = () => undefined): Answers {
  return (gate) => more(gate) ?? (gate.kind === 'method' ? { kind: 'method', name: way } : { kind: 'stop' });
}

/** What a person gives for the evidence that a gate asks for, by the ids of its fields. */
export function given({ evidence }: ManualGate, values: Readonly<Record<string, PlainValue>>): GateAnswer {
  return { kind: 'done', evidence: evidence.flatMap(({ id }) => (values[id] === undefined ? [] : [{ id, value: values[id] }])) };
}

/** Takes the first remedy whose pattern fits; stops the run where none does, or after a few times. */
export function takingRemedies(): Answers {
  let left = 5;
  return answering('script', (gate) => {
    if (gate.kind !== 'failure') return undefined;
    const remedy = gate.remedies.find(({ matches }) => matches);
    left -= 1;
    return remedy === undefined || left < 0 ? undefined : { kind: 'remedy', index: remedy.index };
  });
}

export function failuresOf({ gates }: Performed): readonly FailureGate[] {
  return gates.filter((gate) => gate.kind === 'failure');
}

export function manualsOf({ gates }: Performed): readonly ManualGate[] {
  return gates.filter((gate) => gate.kind === 'manual');
}

/** How often a step was tried, at all its targets together. */
export function triesOf({ events }: Performed, step: string): number {
  return events.filter((event) => event.type === 'attempt_intended' && event.step === step).length;
}

function onThisMachine(plan: Plan, paths: readonly string[], instead: Readonly<Record<string, string>>, patience: number): Plan {
  const pick = (nodes: readonly PlanNode[]): readonly PlanNode[] =>
    nodes.flatMap((node): readonly PlanNode[] => {
      if (paths.includes(node.path)) return [node];
      const children = node.kind === 'group' ? pick(node.children) : [];
      return node.kind === 'group' && children.length > 0 ? [{ ...node, children }] : [];
    });
  const steps = pick(plan.steps);
  if (steps.length === 0) throw new Error(`the plan has no ${paths.join(', ')}`);
  let text = JSON.stringify({ ...plan, steps, invariants: [], orders: [], derivedRoles: [], advisories: [] });
  for (const [original, replacement] of Object.entries(instead)) text = text.replaceAll(original, replacement);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === 'become') return false;
    if (key === 'everyMs') return 20;
    if (key === 'pauseBetweenMs') return 0;
    if (key === 'timeoutMs') return Math.min(Number(value), patience);
    if (key === 'connection') return 'local';
    return value;
  }) as Plan;
}

async function write(file: string, text: string, executable: boolean): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  if (executable) await chmod(file, 0o755);
}
