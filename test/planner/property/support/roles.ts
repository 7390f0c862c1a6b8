import type { Random } from './random.js';

/** Roles of a runbook and what can be done with them. */
export interface RandomRoles {
  readonly declared: Readonly<Record<string, unknown>>;
  /** With hosts of their own in the inventory. */
  readonly own: readonly string[];
  readonly all: readonly string[];
  /** With exactly one host, whatever the inventory. */
  readonly single: readonly string[];
  /** Some of their hosts may be Windows. */
  readonly windows: boolean;
  /** How many hosts each may have. */
  readonly sizes: Readonly<Record<string, readonly [number, number]>>;
}

const SIZES: readonly (readonly [string | number, number, number])[] = [
  ['1..', 1, 3],
  ['0..', 0, 3],
  ['2..', 2, 3],
  ['0..1', 0, 1],
  [1, 1, 1],
];

/** One to three roles of their own, and roles that are derived from them. */
export function randomRoles(random: Random): RandomRoles {
  const own = ['web', 'store', 'search'].slice(0, 1 + random.below(3));
  const sizes: Record<string, readonly [number, number]> = {};
  const declared: Record<string, unknown> = {};
  const single: string[] = [];
  const windows = random.oneIn(3);
  for (const role of own) {
    const [hosts, least, most] = random.pick(SIZES);
    sizes[role] = [least, most];
    if (hosts === 1) single.push(role);
    declared[role] = {
      hosts,
      ...(windows ? { platforms: ['linux', 'windows'] } : {}),
      ...(random.oneIn(2) ? { vars: { port: { type: 'port', default: 80 } } } : {}),
    };
  }
  const [base = ''] = own;
  const derived: string[] = [];
  if (random.oneIn(2)) {
    declared['leader'] = { of: base, pick: random.pick(['first', 'last']) };
    single.push('leader');
    derived.push('leader');
    if (random.oneIn(2)) {
      declared['others'] = { of: base, except: 'leader' };
      derived.push('others');
    }
  }
  return { declared, own, all: [...own, ...derived], single, sizes, windows };
}
