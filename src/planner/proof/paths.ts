import { compareVersions, ExpressionError, UnknownValue } from '../../language/index.js';
import type { NameTypes, Project, Runbook } from '../../language/index.js';
import type { PlanHop, PlanScope } from '../plan.js';
import { hopsBetween, missedStop } from '../upgrade/path.js';
import { evaluate, NOTHING_LIVE } from '../values.js';
import { atomsOf, conditionsOf, isSupported, versionsNamedIn } from './celTexts.js';
import { versionPool } from './versionPool.js';

/** From an installed version to a target. */
export interface VersionPath {
  readonly from: string;
  readonly to: string;
}

/** Paths of a runbook that its conditions tell apart. */
export interface DistinctPaths {
  readonly paths: readonly VersionPath[];
  /** There are too many: these are some of them, in which each condition that holds in any hop holds, and fails, at least once. */
  readonly thinned: boolean;
}

/** More paths than the runbook of any real product can tell apart. */
const MOST_PATHS = 400;
/** Atoms that are looked at while paths are told apart; one that needs an evaluation counts as many. */
const MOST_WORK = 2_000_000;
const WORK_OF_EVALUATION = 20;

const known = new WeakMap<Project, DistinctPaths>();

/** The input that `upgrade.to` names; undefined where it names none. */
export function targetInput(runbook: Runbook): string | undefined {
  return /^\$\{\{\s*inputs\.(\w+)\s*\}\}$/.exec(runbook.upgrade?.to ?? '')?.[1];
}

/**
 * One path for each way in which the conditions of a project can tell paths apart: the hops, what is true in each of them, and where their
 * ends lie among the versions that other files compare with. Empty without `upgrade`.
 */
export function distinctPaths(project: Project, names: NameTypes): DistinctPaths {
  let paths = known.get(project);
  if (paths === undefined) {
    paths = findPaths(project, names);
    known.set(project, paths);
  }
  return paths;
}

function findPaths(project: Project, names: NameTypes): DistinctPaths {
  const runbook = project.root.value;
  if (runbook?.upgrade === undefined) return { paths: [], thinned: false };
  const input = targetInput(runbook);
  const scheme = input === undefined ? undefined : runbook.inputs?.[input]?.scheme;
  const inner = [...project.files.values()].flatMap(({ file, value }) =>
    value === undefined || file === project.root.file ? [] : versionsNamedIn(value),
  );
  const all = versionPool([...versionsNamedIn(runbook), ...inner], scheme === undefined ? undefined : runbook.versions?.[scheme]?.pattern);
  const tellApart = new Telling(runbook, names, input, inner);
  const most = Math.max(2, Math.floor(input === undefined ? MOST_WORK / tellApart.cost : Math.sqrt((2 * MOST_WORK) / tellApart.cost)));
  const pool = spread(all, most);
  const targets = input === undefined ? [runbook.upgrade.to] : pool;
  const byMark = new Map<string, VersionPath>();
  for (const from of pool) {
    for (const to of targets) {
      if (compareVersions(from, to) > 0) continue;
      const mark = tellApart.markOf(from, to);
      if (!byMark.has(mark)) byMark.set(mark, { from, to });
    }
  }
  const paths = byMark.size > MOST_PATHS ? fewPaths(byMark) : [...byMark.values()];
  return {
    // Upgrades first: what only shows where nothing is to be upgraded is told of last.
    paths: [...paths.filter(({ from, to }) => from !== to), ...paths.filter(({ from, to }) => from === to)],
    thinned: pool.length < all.length || byMark.size > MOST_PATHS,
  };
}

/** As many of a list as are wanted, evenly over all of it. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as Item);
}

/** Of too many paths those in which something has a truth that it had in none before, and some of the others. */
function fewPaths(byMark: ReadonlyMap<string, VersionPath>): readonly VersionPath[] {
  const seen = new Set<string>();
  const needed: VersionPath[] = [];
  const others: VersionPath[] = [];
  for (const [mark, path] of byMark) {
    const truths = mark.split(' / ').flatMap((hop) => [...(hop.split(' ')[0] ?? '')].map((one, at) => `${String(at)} ${one}`));
    const isNew = truths.some((one) => !seen.has(one));
    for (const one of truths) seen.add(one);
    (isNew ? needed : others).push(path);
  }
  const some = spread(needed, MOST_PATHS);
  return [...some, ...spread(others, MOST_PATHS - some.length)];
}

/** `crossed`: the version that it asks about, where it asks nothing else. */
interface Atom {
  readonly cel: string;
  readonly crossed: string | undefined;
}

const CROSSES = /^crosses\(\s*["']([^"'\\]+)["']\s*\)$/;

/** What the conditions of a runbook can tell of a path. */
class Telling {
  readonly #atoms: readonly Atom[];
  readonly #hopMarks = new Map<string, string>();
  readonly #scope: Omit<PlanScope, 'inputs'>;

  constructor(
    readonly runbook: Runbook,
    names: NameTypes,
    readonly input: string | undefined,
    readonly inner: readonly string[],
  ) {
    const about = new RegExp(`\\b(?:hop|crosses${input === undefined ? '' : `|inputs\\.${input}`})\\b`);
    this.#atoms = atomsOf(conditionsOf(runbook))
      .filter((atom) => about.test(atom) && !/\bhosts?\.|\bfacts\./.test(atom))
      .map((cel) => ({ cel, crossed: CROSSES.exec(cel)?.[1] }));
    this.#scope = { id: 'main', file: '', names, roles: {}, facts: {}, factScope: 'main', advisories: {} };
  }

  /** What it costs to look at one hop. */
  get cost(): number {
    const compared = 1 + this.inner.length + (this.runbook.upgrade?.stops?.length ?? 0);
    return this.#atoms.reduce((sum, { crossed }) => sum + (crossed === undefined ? WORK_OF_EVALUATION : 1), compared);
  }

  markOf(from: string, to: string): string {
    if (!isSupported(this.runbook, from)) return 'unsupported';
    const stops = this.runbook.upgrade?.stops ?? [];
    const hops = hopsBetween(from, to, stops);
    if (hops === undefined) return 'endless';
    if (missedStop(hops, stops) !== undefined) return 'missed';
    return hops.map((hop) => this.#markOfHop(hop, to)).join(' / ');
  }

  #markOfHop(hop: PlanHop, to: string): string {
    const key = `${hop.from ?? ''} ${hop.to} ${String(hop.number)} ${String(hop.last)} ${to}`;
    let mark = this.#hopMarks.get(key);
    if (mark === undefined) {
      const inputs = this.input === undefined ? {} : { [this.input]: to };
      const scope: PlanScope = { ...this.#scope, inputs, hop };
      const ends = [hop.from ?? '', hop.to].map((version) => this.inner.map((bound) => Math.sign(compareVersions(version, bound))).join());
      mark = `${this.#atoms.map((atom) => truth(atom, scope, hop)).join('')} ${ends.join(' ')}`;
      this.#hopMarks.set(key, mark);
    }
    return mark;
  }
}

function truth({ cel, crossed }: Atom, scope: PlanScope, { from, to }: PlanHop): string {
  if (crossed !== undefined && from !== undefined)
    return compareVersions(from, crossed) < 0 && compareVersions(crossed, to) <= 0 ? '1' : '0';
  try {
    return evaluate(cel, { scope, hosts: {}, hostRoles: [], host: undefined }, NOTHING_LIVE) === true ? '1' : '0';
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof ExpressionError) return '?';
    throw error;
  }
}
