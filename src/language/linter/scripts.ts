import { roleLineage } from '../expressions/index.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook } from '../schema/generated/runbook.js';
import type { Range } from '../text/range.js';
import { walkRunbook } from './walk.js';
import type { StepPlace, Surroundings, TextPlace } from './walk.js';

/** A script that a POSIX shell runs. */
export interface ShellScript {
  readonly text: string;
  /** Source of the whole scalar. */
  readonly range: Range;
  /** The shell that runs it, always with `-eu`. What the script says in a first line of its own has no say. */
  readonly shell: 'sh' | 'bash';
  /** Names of the environment variables it is given. */
  readonly env: readonly string[];
}

/** What a script stands in: a step, a part of one, or a probe. */
interface Holder {
  readonly shell?: 'sh' | 'bash' | 'powershell';
  readonly env?: Readonly<Record<string, unknown>>;
}

/**
 * Every script of a runbook that a POSIX shell runs, each once, in order of place: those of steps, procedures, undos, remedies, facts and probes.
 * One that some host would run with PowerShell is none. Empty for a runbook that has not its proper shape.
 */
export function shellScriptsOf(document: ParsedRunbook): readonly ShellScript[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const { texts, steps } = walkRunbook(document, runbook);
  const holders = holdersIn(runbook);
  const found = new Map<number, ShellScript | undefined>();
  for (const place of texts) {
    if (!place.script || (found.has(place.range.start) && found.get(place.range.start) === undefined)) continue;
    const holder: Holder = holders.get(place.container) ?? place.container;
    const shell = holder.shell ?? (isForWindows(place, steps, runbook) ? 'powershell' : 'sh');
    const { text, range } = place;
    const isOurs = shell !== 'powershell' && place.key !== 'windows';
    found.set(range.start, isOurs ? { text, range, shell, env: Object.keys(holder.env ?? {}) } : undefined);
  }
  return [...found.values()].filter((script) => script !== undefined).sort((a, b) => a.range.start - b.range.start);
}

/** By a script with a text for each platform: what it stands in. */
function holdersIn(value: unknown, holders = new Map<object, Holder>()): ReadonlyMap<object, Holder> {
  if (typeof value !== 'object' || value === null) return holders;
  const { run } = value as { run?: unknown };
  if (typeof run === 'object' && run !== null) holders.set(run, value);
  for (const member of Object.values(value)) holdersIn(member, holders);
  return holders;
}

function isForWindows({ key, around }: TextPlace, steps: readonly StepPlace[], runbook: Runbook): boolean {
  if (key === 'linux' || key === 'macos' || around.from === 'local') return false;
  const roles = around.from === undefined ? rolesOf(around, steps) : [around.from];
  return roles.some((role) => roleLineage(runbook, role).some((name) => runbook.roles?.[name]?.platforms?.includes('windows') ?? false));
}

/** The roles a script runs on, also where it is run once for all of their hosts. */
function rolesOf(around: Surroundings, steps: readonly StepPlace[]): readonly string[] {
  if (!around.once) return around.hostRoles ?? [];
  return steps.filter(({ step }) => step === around.owner?.step).flatMap((place) => place.around.hostRoles ?? []);
}
