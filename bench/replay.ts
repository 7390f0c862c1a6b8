import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstHash, headerText, recordText } from '../src/engine/journal/record.js';
import { readRun } from '../src/engine/index.js';
import type { RunEvent } from '../src/events/index.js';
import { planDigest } from '../src/planner/index.js';
import type { Plan } from '../src/planner/index.js';
import { planOf } from '../test/support/drafting.js';
import { inventoryOf, trivialRunbook } from './documents.js';
import { interleaved, table } from './measure.js';
import { trivialEvents } from './engineRun.js';

const STEPS = 10_000;
const BAR_MS = 500;
const RUN = '20261121-0435-trivial-aaaa';

/** Reading the journal of a long run, its chain checked and its state made, against nothing but `JSON.parse` of its lines. */
export async function benchReplay(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': trivialRunbook(STEPS) },
      inventory: inventoryOf('{ connection: local, platform: linux }'),
    });
    const file = writeJournal(directory, eventsOf(plan, await trivialEvents()));
    const measured = await interleaved(
      [
        { name: 'JSON.parse of the lines', once: () => timeOf(() => readFileSync(file, 'utf8').trimEnd().split('\n').map(parsed).length) },
        { name: 'replay', once: () => timeOf(() => stepsOf(directory)) },
      ],
      5,
    );
    const held = (measured[1]?.median ?? Number.NaN) <= BAR_MS;
    const verdict = `at most ${String(BAR_MS)} ms: ${held ? 'held' : 'missed'}\n`;
    return `${table(`journal of ${String(STEPS)} steps`, 'ms', measured, ['JSON.parse of the lines'])}${verdict}`;
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

function timeOf(work: () => number): number {
  const started = performance.now();
  const found = work();
  const time = performance.now() - started;
  if (found < STEPS) throw new Error(`only ${String(found)} of ${String(STEPS)} were read`);
  return time;
}

function parsed(line: string): unknown {
  return JSON.parse(line);
}

function stepsOf(directory: string): number {
  const { state } = readRun(directory, RUN);
  return Object.values(state?.steps ?? {}).length;
}

/** A run in which every step went as the one that was really done. */
function eventsOf(plan: Plan, attempt: readonly RunEvent[]): readonly RunEvent[] {
  const [created, opened, ...rest] = attempt;
  if (created?.type !== 'run_created' || opened === undefined) throw new Error('a run begins with its plan');
  const ofStep = rest.filter((event) => 'step' in event);
  const steps = plan.steps.flatMap(({ path }, index) => ofStep.map((event) => ({ ...event, step: path, seq: 3 + index * ofStep.length })));
  const events = [{ ...created, plan, digest: planDigest(plan) }, opened, ...steps] as RunEvent[];
  return events.map((event, index) => ({ ...event, seq: index + 1 }));
}

function writeJournal(directory: string, events: readonly RunEvent[]): string {
  const place = join(directory, 'runs', RUN);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const header = headerText(RUN);
  const lines = [header];
  let hash = firstHash(header);
  for (const event of events) {
    const record = recordText(hash, event);
    lines.push(record.line);
    hash = record.hash;
  }
  const file = join(place, 'journal.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
