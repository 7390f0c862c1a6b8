import { compareVersions, ExpressionError, UnknownValue } from '../../language/index.js';
import type { NameTypes, Project, Runbook } from '../../language/index.js';
import type { PlanHop, PlanScope } from '../plan.js';
import { hopsBetween } from '../upgrade/path.js';
import { evaluate, NOTHING_LIVE } from '../values.js';
import { atomsOf, conditionsOf, isSupported, versionsNamedIn } from './celTexts.js';
import { versionPool } from './versionPool.js';

/** From an installed version to a target. */
export interface VersionPath {
  readonly from: string;
  readonly to: string;
}

const known = new WeakMap<Project, readonly VersionPath[]>();

/** The input that `upgrade.to` names; undefined where it names none. */
export function targetInput(runbook: Runbook): string | undefined {
  return /^\$\{\{\s*inputs\.(\w+)\s*\}\}$/.exec(runbook.upgrade?.to ?? '')?.[1];
}

/**
 * One path for each way in which the conditions of a project can tell paths apart: the hops, what is true in each of them, and where their
 * ends lie among the versions that other files compare with. Empty without `upgrade`.
 */
export function distinctPaths(project: Project, names: NameTypes): readonly VersionPath[] {
  let paths = known.get(project);
  if (paths === undefined) {
    paths = findPaths(project, names);
    known.set(project, paths);
  }
  return paths;
}

function findPaths(project: Project, names: NameTypes): readonly VersionPath[] {
  const runbook = project.root.value;
  if (runbook?.upgrade === undefined) return [];
  const input = targetInput(runbook);
  const scheme = input === undefined ? undefined : runbook.inputs?.[input]?.scheme;
  const inner = [...project.files.values()].flatMap(({ file, value }) =>
    value === undefined || file === project.root.file ? [] : versionsNamedIn(value),
  );
  const pool = versionPool([...versionsNamedIn(runbook), ...inner], scheme === undefined ? undefined : runbook.versions?.[scheme]?.pattern);
  const targets = input === undefined ? [runbook.upgrade.to] : pool;
  const tellApart = new Telling(runbook, names, input, inner);
  const byMark = new Map<string, VersionPath>();
  for (const from of pool) {
    for (const to of targets) {
      if (compareVersions(from, to) > 0) continue;
      const mark = tellApart.markOf(from, to);
      if (!byMark.has(mark)) byMark.set(mark, { from, to });
    }
  }
  // Upgrades first: what only shows where nothing is to be upgraded is told of last.
  const paths = [...byMark.values()];
  return [...paths.filter(({ from, to }) => from !== to), ...paths.filter(({ from, to }) => from === to)];
}

/** What the conditions of a runbook can tell of a path. */
class Telling {
  readonly #atoms: readonly string[];
  readonly #hopMarks = new Map<string, string>();
  readonly #scope: Omit<PlanScope, 'inputs'>;

  constructor(
    readonly runbook: Runbook,
    names: NameTypes,
    readonly input: string | undefined,
    readonly inner: readonly string[],
  ) {
    const about = new RegExp(`\\b(?:hop|crosses${input === undefined ? '' : `|inputs\\.${input}`})\\b`);
    this.#atoms = atomsOf(conditionsOf(runbook)).filter((atom) => about.test(atom) && !/\bhosts?\.|\bfacts\./.test(atom));
    this.#scope = { id: 'main', file: '', names, roles: {}, facts: {}, factScope: 'main', advisories: {} };
  }

  markOf(from: string, to: string): string {
    if (!isSupported(this.runbook, from)) return 'unsupported';
    const hops = hopsBetween(from, to, this.runbook.upgrade?.stops ?? []);
    if (hops === undefined) return 'endless';
    return hops.map((hop) => this.#markOfHop(hop, to)).join(' / ');
  }

  #markOfHop(hop: PlanHop, to: string): string {
    const key = `${hop.from ?? ''} ${hop.to} ${String(hop.number)} ${String(hop.last)} ${to}`;
    let mark = this.#hopMarks.get(key);
    if (mark === undefined) {
      const inputs = this.input === undefined ? {} : { [this.input]: to };
      const scope: PlanScope = { ...this.#scope, inputs, hop };
      const ends = [hop.from ?? '', hop.to].map((version) => this.inner.map((bound) => Math.sign(compareVersions(version, bound))).join());
      mark = `${this.#atoms.map((atom) => truth(atom, scope)).join('')} ${ends.join(' ')}`;
      this.#hopMarks.set(key, mark);
    }
    return mark;
  }
}

function truth(atom: string, scope: PlanScope): string {
  try {
    return evaluate(atom, { scope, hosts: {}, hostRoles: [], host: undefined }, NOTHING_LIVE) === true ? '1' : '0';
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof ExpressionError) return '?';
    throw error;
  }
}
