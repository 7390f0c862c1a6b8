import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { killIfThere } from '../../support/killIfThere.js';
import { cannotDivide, NamespaceHost } from '../means/namespaceHost.js';
import { endOf, SshTrial, theStep } from '../means/sshTrial.js';
import type { FaultCase, Row, Verdict } from '../row.js';

/** Ten seconds from TERM to KILL, and two to look. */
const GONE_MS = 12_000;
/** What a busy machine adds: starting a shell for every look. */
const SLACK_MS = 3_000;
const LIMIT_MS = 90_000;

/** What a step does so as not to be stopped. `$2` is a number that only its own processes sleep for. */
const BEHAVIOURS = {
  plain: 'touch "$1/up"; sleep "$2"',
  'ignores TERM': 'trap "" TERM; touch "$1/up"; while :; do sleep "$2" || :; done',
  'a child ignores TERM': 'sh -c "trap \\"\\" TERM; while :; do sleep $2 || :; done" & touch "$1/up"; wait',
  'a child in a session of its own': 'setsid sleep "$2" & touch "$1/up"; sleep "$2"',
  'a daemon whose parent is gone': 'sh -c "setsid sleep $2 & :"; touch "$1/up"; sleep "$2"',
  'a stubborn daemon whose parent is gone':
    'sh -c "setsid sh -c \\"trap : TERM HUP; while :; do sleep $2; done\\" & :"; touch "$1/up"; sleep "$2"',
} as const;

const WHERE = ['over SSH', 'here'] as const;
const LOGINS = ['root', 'worker', 'worker becoming root'] as const;

interface Cell {
  readonly behaviour: keyof typeof BEHAVIOURS;
  readonly terminal: boolean;
  readonly login: (typeof LOGINS)[number];
  readonly where: (typeof WHERE)[number];
}

/** The matrix, so ordered that the first dozen holds every behaviour and every login, here and there, with and without a terminal. */
const CELLS: readonly Cell[] = mixed(
  (Object.keys(BEHAVIOURS) as Cell['behaviour'][]).flatMap((behaviour) =>
    [false, true].flatMap((terminal) => [
      ...LOGINS.map((login) => ({ behaviour, terminal, login, where: 'over SSH' as const })),
      { behaviour, terminal, login: 'root' as const, where: 'here' as const },
    ]),
  ),
);

/** Every seventh, then the next of every seventh, … (7 has no factor in common with their number). */
function mixed(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((_, index) => cells[(index * 7) % cells.length] as Cell);
}

/** Stops steps that do not want to be stopped, here and on hosts. */
export const cancel: Row = {
  id: 'cancel',
  title: 'A run is stopped over a step that ignores TERM, hides in a session of its own, runs as another user, with and without a terminal',
  must: 'no process survives unreported, and what can be ended is gone within twelve seconds',
  cases: { pr: 12, nightly: CELLS.length },
  concurrency: 6,
  missing: () => Promise.resolve(cannotDivide() ?? (existsSync('/usr/bin/sudo') ? undefined : 'there is no sudo on this machine')),
  open: () => Promise.resolve({ run: tryCell, close: () => Promise.resolve() }),
};

async function tryCell({ index }: FaultCase): Promise<Verdict> {
  const cell = CELLS[index % CELLS.length] as Cell;
  const name = `${cell.behaviour}, ${cell.terminal ? 'with' : 'without'} a terminal, as ${cell.login}, ${cell.where}`;
  const host = await NamespaceHost.open();
  const trial = await SshTrial.open(host.reached(cell.login === 'root' ? 'root' : 'worker'), 10_000);
  const seconds = String(80_000_000 + index * 10_000 + (process.pid % 10_000));
  try {
    const run = await trial.begin(stepOf(cell), [seconds]);
    await up(trial);
    await sleep(300);
    const stopped = performance.now();
    let goneAt: number | undefined;
    const watch = setInterval(() => {
      if (goneAt === undefined && survivors(seconds).length === 0) goneAt = performance.now();
    }, 100);
    void run.handle.stop('the test stops it');
    await endOf(run, LIMIT_MS).finally(() => clearInterval(watch));
    const left = survivors(seconds);
    if (left.length === 0) goneAt ??= performance.now();
    const ended = theStep(run.handle.state).attempts.at(-1)?.ended;
    const told = `${ended?.failure?.message ?? ''} ${ended?.failure?.detail ?? ''}`;
    if (left.length > 0)
      return {
        kind: 'broken',
        what: `${name}: survived ${told.includes('still running') ? 'but reported' : 'unreported'}: ${left.join('; ')}; told: ${told}`,
      };
    if (ended?.outcome !== 'cancelled') return { kind: 'broken', what: `${name}: the step is ${ended?.outcome ?? 'open'}: ${told}` };
    const ms = Math.round((goneAt ?? 0) - stopped);
    if (ms > GONE_MS + SLACK_MS) return { kind: 'broken', what: `${name}: gone only after ${String(ms)} ms` };
    return { kind: 'held', measured: { gone_after_ms: ms } };
  } finally {
    for (const line of survivors(seconds)) killIfThere(Number(line.split(' ')[0]));
    await trial.close();
    await host.close();
  }
}

function stepOf({ behaviour, terminal, login, where }: Cell): string {
  return [
    'on: app',
    ...(where === 'here' ? ['from: local'] : []),
    ...(terminal ? ['terminal: true'] : []),
    ...(login === 'worker becoming root' ? ['become: true'] : []),
    `run: '${BEHAVIOURS[behaviour]}'`,
  ].join(', ');
}

/** Processes of the machine, those in namespaces too, that sleep for the number of this case or wait to. */
function survivors(seconds: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^[0-9]+$/.test(pid)) return [];
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const alive = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] !== 'Z';
      return alive && words[0] === 'sleep' && words.includes(seconds) ? [`${pid} ${words.join(' ')}`] : [];
    } catch {
      return [];
    }
  });
}

async function up(trial: SshTrial): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (existsSync(`${trial.marks}/up`)) return;
    await sleep(50);
  }
  throw new Error('the step did not begin');
}
