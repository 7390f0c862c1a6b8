import { join } from 'node:path';
import { WINDOWS_KILL_SCRIPT, WINDOWS_PROGRAM } from '../../../src/engine/transports/windows/wrapper.js';
import type { GateAnswer, Gate } from '../../../src/events/index.js';
import { runFarm } from './farmRun.js';
import type { FarmRun, PlacedCommand } from './farmRun.js';

/** Where the texts of the commands are kept. */
export const GOLDEN = join(import.meta.dirname, '../../fixtures/golden/windows-patching');

/** The run in which nothing goes wrong. */
export const goodNight = (): Promise<FarmRun> => runFarm({}, approved);

/** The run in which a request hangs on the first server and its update does not fit: two remedies are taken, then all is taken back. */
export function badNight(): Promise<FarmRun> {
  const choices: GateAnswer[] = [
    { kind: 'remedy', index: 0 },
    { kind: 'remedy', index: 1 },
    { kind: 'undo', why: 'The package is for another edition.' },
  ];
  return runFarm({ requestHangs: true, installResult: 2149842967 }, (gate) =>
    gate.kind === 'failure' ? (choices.shift() ?? { kind: 'stop', why: 'Nothing is left to choose.' }) : approved(gate),
  );
}

/** The load balancer does not take the first server back, so what can be taken back is. */
export function nightWithoutReturn(): Promise<FarmRun> {
  const choices: GateAnswer[] = [{ kind: 'undo', why: 'The load balancer needs its own team.' }];
  return runFarm({ balancer: 'keeps_draining' }, (gate) =>
    gate.kind === 'failure' ? (choices.shift() ?? { kind: 'stop', why: 'Nothing is left to choose.' }) : approved(gate),
  );
}

/** The site is gone once the first server is back: the run fails by itself. */
export const nightOfFailure = (): Promise<FarmRun> => runFarm({ balancer: 'loses_the_site' }, approved);

/** Every run, side by side. */
export const allNights = (): Promise<readonly FarmRun[]> => Promise.all([goodNight(), badNight(), nightWithoutReturn(), nightOfFailure()]);

function approved(gate: Gate): GateAnswer {
  if (gate.kind !== 'manual') return { kind: 'stop', why: 'Nobody expected to be asked.' };
  return {
    kind: 'done',
    by: 'Robin',
    evidence: gate.evidence.map(({ id, kind }) => ({ id, value: kind === 'attest' ? true : 'CHG-1207' })),
  };
}

/**
 * What carries every command and what ends one, then the commands for the first server as files, by place in the run: each different command once, in the order in which it is first sent.
 * A place that several runs reach is taken from the first of them.
 */
export function goldenFiles(runs: readonly FarmRun[]): ReadonlyMap<string, string> {
  const files = new Map([
    ['before_every_command.txt', WINDOWS_PROGRAM],
    ['end_of_a_command.txt', `${WINDOWS_KILL_SCRIPT}\n`],
  ]);
  for (const { commands } of runs) {
    const first = commands.filter(({ host }) => host === 'web_1');
    for (const place of new Set(first.map((command) => command.place))) {
      const name = `${place.replaceAll('/', '.').replaceAll(' ', '_')}.txt`;
      const texts = first.filter((command) => command.place === place).map(textOf);
      if (!files.has(name)) files.set(name, [...new Set(texts)].join('\n'));
    }
  }
  return files;
}

/** A command as text: what it is given, then the script itself. */
export function textOf({ script, args, env, workdir }: PlacedCommand): string {
  const given = [
    `arguments: ${JSON.stringify(args)}`,
    ...(env.length === 0 ? [] : [`environment: ${JSON.stringify(env)}`]),
    ...(workdir === null ? [] : [`directory: ${workdir}`]),
  ];
  return `=== ${given.join('\n    ')}\n${script.replace(/^\n+|\n+$/g, '')}\n`;
}
