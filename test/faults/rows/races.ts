import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisProcess } from '../../../src/engine/journal/owner.js';
import { RunStore, verifyRuns } from '../../../src/engine/journal/runStore.js';
import { markMasked } from '../../../src/engine/secrets/masked.js';
import { EVENT_FORMAT } from '../../../src/events/index.js';
import type { RunEvent } from '../../../src/events/index.js';
import { planDigest } from '../../../src/planner/index.js';
import type { Plan } from '../../../src/planner/index.js';
import { planOf } from '../../support/drafting.js';
import { LOCAL_HEAD, LOCAL_INVENTORY } from '../../support/running.js';
import type { Race, Raced } from '../means/racer.js';
import { Racers } from '../means/racers.js';
import type { FaultCase, Row, Verdict } from '../row.js';

const PROCESSES = 8;
/** Longest a racer hesitates, in microseconds: about as long as the lock takes. */
const HESITATION = 3000;
const DEAD_PID = 2 ** 22 + 5;

/** Eight processes start runs, resume the same run, or take the same lock at once; before a lock or a resume, the last holder was killed in two of three cases. */
export const races: Row = {
  id: 'races',
  title: 'eight processes start, resume or lock at the same moment',
  must: 'exactly one carries a run out, every other one is told who does, and no run is lost',
  cases: { pr: 60, nightly: 300 },
  missing: async () => undefined,
  open: async () => {
    const racers = await Racers.start(PROCESSES);
    return { run: (fault) => tried(fault, racers), close: async () => racers.stop() };
  },
};

async function tried(fault: FaultCase, racers: Racers): Promise<Verdict> {
  const place = mkdtempSync(join(tmpdir(), 'race-'));
  try {
    const kind = (['resume', 'lock', 'start'] as const)[fault.index % 3] ?? 'start';
    const hesitations = Array.from({ length: PROCESSES }, () => Math.floor(fault.random() * HESITATION));
    const plan = await planOf({ runbooks: { 'a.runbook.yaml': runbook(join(place, 'log')) }, inventory: LOCAL_INVENTORY });
    const prepared = prepare(kind, join(place, 'state'), plan, fault.random);
    const gun = join(place, 'gun');
    const results = await racers.race({ kind, plan, gun, ...prepared }, hesitations, () => writeFileSync(gun, ''));
    const wrong = [
      ...judged(kind, results),
      ...(kind === 'lock' ? wrongLock(prepared.directory, results) : wrongRuns(kind, place, results)),
    ];
    await racers.release();
    return wrong.length === 0 ? { kind: 'held' } : { kind: 'broken', what: `${kind}: ${wrong.join('\n')}` };
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** One step that leaves a line each time it is carried out, and takes long enough for all to come. */
function runbook(log: string): string {
  return `${LOCAL_HEAD}\nsteps:\n  - { id: act, env: { LOG: "${log}" }, run: 'echo acted >> "$LOG"; sleep 0.05' }\n`;
}

function prepare(kind: Race['kind'], state: string, plan: Plan, random: () => number): Pick<Race, 'directory' | 'run'> {
  const left = random();
  if (kind === 'start') return { directory: state };
  if (kind === 'lock') {
    mkdirSync(state);
    if (left > 0.33) leaveDeadHolder(state);
    return { directory: state };
  }
  const run = new RunStore(state).create('sample');
  const stamp = { at: new Date().toISOString(), mono: 0 };
  const events: readonly RunEvent[] = [
    {
      type: 'run_created',
      run: run.id,
      format: EVENT_FORMAT,
      engine: 'test',
      base: state,
      plan,
      digest: planDigest(plan),
      operator: 'pat',
      seq: 1,
      ...stamp,
    },
    { type: 'run_opened', epoch: run.epoch, owner: run.owner, operator: 'pat', seq: 2, ...stamp },
  ];
  for (const event of events) run.journal.append(markMasked(event));
  run.close();
  if (left > 0.33) leaveDeadHolder(run.directory);
  return { directory: state, run: run.id };
}

/** As a process leaves it that was killed while it held the lock. */
function leaveDeadHolder(directory: string): void {
  for (const name of readdirSync(directory).filter((file) => file.startsWith('lock.'))) rmSync(join(directory, name));
  writeFileSync(join(directory, 'lock.1'), JSON.stringify({ owner: { ...thisProcess(), pid: DEAD_PID }, released: false }));
}

function judged(kind: Race['kind'], results: readonly Raced[]): readonly string[] {
  const broken = results.flatMap((result) => (result.kind === 'broken' ? [result.why] : []));
  const winners = results.filter((result) => result.kind === 'done').length;
  const wanted = kind === 'start' ? PROCESSES : 1;
  const refusals = results.flatMap((result) => (result.kind === 'refused' ? [result.why] : []));
  const vague = refusals.filter((why) => !/is carrying out this run|is just taking this run|there is nothing left to do/.test(why));
  return [
    ...broken,
    ...vague,
    ...(winners === wanted ? [] : [`${String(winners)} won instead of ${String(wanted)}: ${refusals.join('; ')}`]),
  ];
}

function wrongLock(directory: string, results: readonly Raced[]): readonly string[] {
  const files = readdirSync(directory);
  const epoch = results.flatMap((result) => (result.kind === 'done' ? [result.outcome.replace('epoch ', 'lock.')] : []));
  return JSON.stringify(files) === JSON.stringify(epoch) ? [] : [`the winner has ${epoch.join(', ')}, and there are ${files.join(', ')}`];
}

function wrongRuns(kind: Race['kind'], place: string, results: readonly Raced[]): readonly string[] {
  const done = results.filter((result) => result.kind === 'done');
  const acted = readFileSync(join(place, 'log'), 'utf8').split('\n').filter(Boolean).length;
  const verdicts = verifyRuns(join(place, 'state'));
  const store = new RunStore(join(place, 'state'));
  const lost = done.filter(({ run, outcome }) => outcome !== 'succeeded' || store.read(run).summary.status !== 'succeeded');
  const wanted = kind === 'start' ? PROCESSES : 1;
  return [
    ...lost.map(({ run, outcome }) => `run ${run} is ${outcome}`),
    ...(acted === wanted ? [] : [`the step was carried out ${String(acted)} times instead of ${String(wanted)}`]),
    ...(verdicts.length === wanted ? [] : [`${String(verdicts.length)} runs are kept instead of ${String(wanted)}`]),
    ...verdicts.filter(({ condition }) => condition !== 'sound').map(({ text }) => text),
  ];
}
