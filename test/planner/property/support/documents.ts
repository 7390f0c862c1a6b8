import type { GivenFact } from '../../../../src/planner/index.js';
import { randomInventory } from './inventory.js';
import { Random } from './random.js';
import { randomRoles } from './roles.js';
import { RandomSteps } from './steps.js';

export type Tree = Record<string, unknown>;

/** A valid runbook and an inventory it fits, as data. */
export interface Documents {
  readonly runbook: Tree;
  readonly inventory: Tree;
  /** What is known beforehand, the installed versions among it. */
  readonly facts: readonly GivenFact[];
  /** Facts with two values, given or not: a run reads them again. */
  readonly flags: readonly { readonly fact: string; readonly host?: string }[];
  /** By the id of a step or a group: at most so many hosts at a time. */
  readonly serial: ReadonlyMap<string, number>;
  /** Ids of steps and groups that say themselves whom they are about. */
  readonly targeted: ReadonlySet<string>;
}

const VERSIONS = ['1.0', '2.0', '2.5', '3.0', '4.0'];
const EFFECTS = ['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin', 'configure'] as const;

/** Everything the planner has to do with, put together at random; the same for the same seed. */
export function randomDocuments(seed: number): Documents {
  const random = new Random(seed);
  const roles = randomRoles(random);
  const { inventory, hosts } = randomInventory(random, roles);
  const path = random.oneIn(3) ? { from: random.below(4), to: random.below(4) + 1 } : undefined;
  const hasStops = path !== undefined && random.oneIn(2);
  const steps = new RandomSteps(random, { roles, path: path !== undefined, severalHops: hasStops });
  const sections = steps.sections();
  const facts: GivenFact[] = [];
  for (const fact of ['plugin', 'cache']) if (random.oneIn(3)) facts.push({ scope: 'main', fact, value: random.oneIn(2) });
  const [first = ''] = roles.own;
  const old = hosts[first] ?? [];
  if (random.oneIn(2)) for (const host of old) facts.push({ scope: 'main', fact: 'old', host, value: random.oneIn(2) });
  const installed = VERSIONS[Math.min(path?.from ?? 0, (path?.to ?? 1) - 1)] ?? '1.0';
  if (path !== undefined) facts.push({ scope: 'main', fact: 'installed', value: installed });
  const runbook: Tree = {
    runbook: 'v1',
    id: 'random',
    title: `Random runbook ${String(seed)}`,
    ...(path === undefined ? {} : { versions: { x: { pattern: String.raw`\d+\.\d+` } } }),
    inputs: {
      fast: { type: 'boolean', default: false },
      size: { type: 'choice', options: ['small', 'large'], default: 'small' },
      ...(path === undefined ? {} : { target: { type: 'version', scheme: 'x' } }),
    },
    roles: roles.declared,
    facts: {
      plugin: { type: 'boolean', ask: 'Is the plug-in used?' },
      cache: { type: 'boolean', ask: 'Is there a cache?' },
      old: { on: first, type: 'boolean', ask: 'Is it old?' },
      ...(path === undefined ? {} : { installed: { type: 'version', scheme: 'x', ask: 'Which version?' } }),
    },
    ...(path === undefined ? {} : { upgrade: upgradeOf(random, hasStops) }),
    ...(path === undefined ? {} : { advisories: advisoriesOf(random) }),
    order: Array.from({ length: 1 + random.below(3) }, () => orderOf(random, roles.all)),
    ...sections,
  };
  const inputs = {
    ...(random.oneIn(2) ? { fast: true } : {}),
    ...(random.oneIn(2) ? { size: 'large' } : {}),
    ...(path === undefined ? {} : { target: VERSIONS[path.to] ?? '4.0' }),
  };
  return {
    runbook,
    inventory: { ...inventory, inputs },
    facts,
    flags: [{ fact: 'plugin' }, { fact: 'cache' }, ...old.map((host) => ({ fact: 'old', host }))],
    serial: steps.serial,
    targeted: steps.targeted,
  };
}

function upgradeOf(random: Random, hasStops: boolean): Tree {
  const stops = [
    { from: '< 2.0', to: '>= 3.0', via: '2.0', because: 'The old data is converted there.' },
    { from: '< 3.0', to: '>= 4.0', via: '3.0', because: 'The format changes there.' },
  ];
  return {
    installed: 'installed',
    to: '${{ inputs.target }}',
    supported: { range: '>= 1.0' },
    ...(hasStops ? { stops: random.oneIn(2) ? stops : stops.slice(0, 1) } : {}),
  };
}

function advisoriesOf(random: Random): readonly Tree[] {
  return [
    {
      id: 'format',
      severity: random.pick(['note', 'important', 'warning']),
      when: random.pick(['crosses("2.5")', 'crosses("3.0") && facts.plugin', 'hop.to >= version("3.0") || inputs.fast']),
      text: 'The format changes.',
      ...(random.oneIn(3) ? { demands: 'acknowledgement' } : {}),
    },
  ];
}

function orderOf(random: Random, roles: readonly string[]): Tree {
  const side = (): Tree => {
    const effects = random.shuffled(EFFECTS).slice(0, random.oneIn(4) ? 2 : 1);
    return Object.fromEntries(
      effects.map((effect) => [effect, random.oneIn(5) ? [...new Set([random.pick(roles), random.pick(roles)])] : random.pick(roles)]),
    );
  };
  return { first: side(), then: side(), ...(random.oneIn(3) ? { per: 'host' } : {}), because: 'The vendor says so.' };
}
