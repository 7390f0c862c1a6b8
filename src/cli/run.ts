import { dirname } from 'node:path';
import { HumanError } from '../engine/index.js';
import type { IgnoredHostLocks, RunHandle } from '../engine/index.js';
import { planSteps } from '../planner/index.js';
import type { Plan } from '../planner/index.js';
import { assignment } from './arguments.js';
import type { Arguments } from './arguments.js';
import { engineFor } from './engineFor.js';
import { ExitCode, exitCodeOf } from './exitCodes.js';
import { readEvidence } from './givenEvidence.js';
import type { GivenEvidence } from './givenEvidence.js';
import { driveHeadless } from './headless.js';
import type { Reasons } from './headless.js';
import { driveInteractively } from './interactive.js';
import type { Io } from './io.js';
import { readPlanning } from './planning.js';
import { Questions } from './questions.js';
import { reportProgress, summary } from './reporters/progress.js';
import { assertSecretsDeclared } from './secrets.js';
import { settledDraft } from './settledDraft.js';
import { stopOnSignal } from './stopOnSignal.js';
import { UsageError } from './usage.js';

/** `runbook run`: carries a runbook out on one environment. */
export async function run(args: Arguments, io: Io): Promise<ExitCode> {
  if (args.text('only') !== undefined && args.text('from') !== undefined)
    throw new UsageError('--only carries out one step and --from all that follow one; give one of them.');
  const reasons = givenReasons(args);
  const ignoredHostLocks = givenIgnoredHostLocks(args);
  const planning = await readPlanning(args, io);
  const evidence = await givenEvidence(args);
  const questions = args.flag('headless') ? undefined : new Questions(io);
  const engine = engineFor(args, io, dirname(planning.project.root.file), questions?.ask);
  const found = await settledDraft(planning, engine, questions?.ask, args, io);
  if ('problems' in found) {
    io.err(found.problems);
    return ExitCode.usage;
  }
  const { draft } = found;
  const plan = draft.plan as Plan;
  assertApproved(plan, args);
  assertSecretsDeclared(args, plan.secrets);
  const only = nodeNamed(plan, args.text('only'), 'only');
  const from = nodeNamed(plan, args.text('from'), 'from');
  const handle = await engine.start({
    plan,
    digest: draft.digest,
    facts: found.facts,
    approval: args.flag('yes') ? 'flag' : 'ask',
    documents: { runbook: planning.project.root.file, inventory: planning.inventory.file, inputs: found.inputs },
    ...(only === undefined ? {} : { only }),
    ...(from === undefined ? {} : { from }),
    ignoredHostLocks,
  });
  return follow(handle, io, questions, { evidence, reasons });
}

/** `--yes` alone is too little for production: its name must be typed there as well. */
export function assertApproved(plan: Plan, args: Arguments): void {
  const { id, production } = plan.environment;
  if (!args.flag('yes') || !production || args.text('production') === id) return;
  throw new UsageError(`"${id}" is a production environment; approve it with --yes --production ${id}.`);
}

/** The path of a step given by path or id. */
function nodeNamed(plan: Plan, name: string | undefined, option: string): string | undefined {
  if (name === undefined) return undefined;
  const paths = [...new Set(planSteps(plan).flatMap((step) => (step.section === 'aside' ? [] : ancestors(step.path))))];
  if (paths.includes(name)) return name;
  const byId = paths.filter((path) => path.endsWith(`/${name}`));
  if (byId.length === 1) return byId[0];
  throw new HumanError(
    byId.length === 0 ? `There is no step "${name}" in this plan.` : `"${name}" means ${byId.join(' or ')}.`,
    `Give --${option} one of the paths that \`runbook plan --json\` shows.`,
  );
}

/** A path and the paths of the groups around it, batches also without their hosts. */
function ancestors(path: string): readonly string[] {
  const parts = path.split('/');
  const all = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return [
    ...all,
    ...all
      .filter((whole) => whole.includes('@'))
      .map((whole) => whole.slice(0, whole.lastIndexOf('@')))
      .filter((whole) => !whole.includes('@')),
  ];
}

/** Reports a run, answers its gates or puts them to the person, and turns its end into an exit code. */
export async function follow(
  handle: RunHandle,
  io: Io,
  questions: Questions | undefined,
  { evidence, reasons }: { readonly evidence: GivenEvidence | undefined; readonly reasons: Reasons },
): Promise<ExitCode> {
  io.out(`Run ${handle.run}\n`);
  const progress = reportProgress(handle, io);
  questions?.keepQuiet(progress);
  const headless = questions === undefined ? driveHeadless(handle, evidence, reasons) : undefined;
  if (questions !== undefined) driveInteractively(handle, questions, io, reasons);
  const stopListening = stopOnSignal(handle, io);
  const state = await handle.finished;
  stopListening();
  progress.end();
  io.out(summary(state, io));
  const code = exitCodeOf(state);
  return code === ExitCode.stopped && headless?.stoppedFor()?.includes(' failed: ') === true ? ExitCode.failed : code;
}

/** The reasons a command line gives beforehand. Throws a UsageError for one that says nothing: it goes into the journal. */
export function givenReasons(args: Arguments): Reasons {
  const [outsideWindow, unrehearsed] = [args.text('outside-window'), args.text('unrehearsed')];
  if (outsideWindow?.trim() === '') throw new UsageError('--outside-window takes the reason; it goes into the journal.');
  if (unrehearsed?.trim() === '') throw new UsageError('--unrehearsed takes the reason; it goes into the journal.');
  return {
    approved: args.flag('yes'),
    ...(outsideWindow === undefined ? {} : { outsideWindow }),
    ...(unrehearsed === undefined ? {} : { unrehearsed }),
  };
}

/** Hosts whose locks a person passes over, with the reasons. Throws a UsageError for a host without one: it goes into the journal. */
export function givenIgnoredHostLocks(args: Arguments): IgnoredHostLocks {
  const pairs = args.list('ignore-host-lock').map((text) => assignment(text, 'ignore-host-lock'));
  const empty = pairs.find(({ value }) => value.trim() === '');
  if (empty !== undefined) throw new UsageError(`--ignore-host-lock ${empty.name}= needs the reason; it goes into the journal.`);
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

/** The answers a command line gives beforehand. Read before a run is begun: one that nobody answers must not act. */
export async function givenEvidence(args: Arguments): Promise<GivenEvidence | undefined> {
  const file = args.text('evidence');
  return file === undefined ? undefined : readEvidence(file);
}
