import type { Random } from './random.js';
import type { RandomRoles } from './roles.js';

type Tree = Record<string, unknown>;

interface Options {
  readonly roles: RandomRoles;
  readonly path: boolean;
  readonly severalHops: boolean;
}

/** What is known where a step stands. */
interface Here {
  readonly hop: boolean;
  /** `host` is one host of the first role, which has a fact of its own. */
  readonly hasOld: boolean;
  readonly hosts: boolean;
  /** A condition around it is about one host at a time: what stands there is about the same host. */
  readonly byHost: boolean;
  readonly depth: number;
}

/** Few enough for the limits of the language. */
const MOST_ALIASES = 8;
const EFFECTS = ['backup', 'stop', 'start', 'boot', 'upgrade', 'isolate', 'rejoin', 'configure'] as const;

/** Steps of every kind that a plan is made of, each valid where it stands. */
export class RandomSteps {
  readonly serial = new Map<string, number>();
  /** Ids of steps and groups that say themselves whom they are about. */
  readonly targeted = new Set<string>();
  readonly #random: Random;
  readonly #options: Options;
  readonly #procedures: Record<string, readonly Tree[]> = {};
  /** The same probe in many places, so that a document has anchors. */
  readonly #shared: Tree = { port: { number: 80 } };
  #sharing = 0;
  #count = 0;

  constructor(random: Random, options: Options) {
    this.#random = random;
    this.#options = options;
  }

  /** The sections of a runbook that hold steps. */
  sections(): Tree {
    const random = this.#random;
    const top: Here = { hop: this.#options.path && !this.#options.severalHops, hasOld: false, hosts: false, byHost: false, depth: 0 };
    if (random.oneIn(2)) this.#procedures['work'] = this.#list(2 + random.below(2), { ...top, hop: false, depth: 2 });
    const steps = this.#list(2 + random.below(3), top);
    if (this.#options.severalHops || (this.#options.path && random.oneIn(2))) {
      const group = {
        id: this.#id('hop'),
        per_hop: true,
        title: 'To ${{ hop.to }}',
        steps: this.#list(1 + random.below(3), { ...top, hop: true, depth: 1 }),
      };
      steps.splice(random.below(steps.length + 1), 0, group);
    }
    if (this.#procedures['work'] !== undefined) steps.push(this.#use(top));
    return {
      ...(random.oneIn(2) ? { prerequisites: [this.#backup()] } : {}),
      ...(Object.keys(this.#procedures).length > 0 ? { procedures: this.#procedures } : {}),
      steps,
      ...(random.oneIn(4) ? { finally: [{ ...this.#simple({ ...top, hop: false }), when: 'run.failed' }] } : {}),
    };
  }

  #list(length: number, here: Here): Tree[] {
    return Array.from({ length }, () => (here.depth < 2 && this.#random.oneIn(4) ? this.#group(here) : this.#simple(here)));
  }

  #group(here: Here): Tree {
    const random = this.#random;
    const id = this.#id('group');
    const target = here.byHost || random.oneIn(3) ? {} : this.#target(id);
    const inside = { ...here, ...this.#about(target, here), depth: here.depth + 1 };
    const when = this.#when(inside);
    const byHost = inside.byHost || String(when['when']).includes('host.');
    return { id, ...target, ...when, steps: this.#list(1 + random.below(3), { ...inside, byHost }) };
  }

  #use(here: Here): Tree {
    const random = this.#random;
    const id = this.#id('use');
    const steps = this.#procedures['work'] ?? [];
    const [first, last] = [steps[0]?.['id'], steps.at(-1)?.['id']].map(String);
    const target = random.oneIn(2) ? this.#target(id) : {};
    return { id, ...target, ...this.#when({ ...here, hasOld: false }), use: random.oneIn(2) ? '#work' : `#${first ?? ''}..${last ?? ''}` };
  }

  #simple(here: Here): Tree {
    const random = this.#random;
    const id = this.#id('step');
    const target = here.byHost || (here.hosts && random.oneIn(2)) ? {} : this.#target(id);
    const inside = { ...here, ...this.#about(target, here) };
    const optional = random.oneIn(12) ? { optional: true } : {};
    return { id, ...(random.oneIn(4) ? { title: `Do ${id}` } : {}), ...target, ...this.#when(inside), ...optional, ...this.#act(id, here) };
  }

  #backup(): Tree {
    const id = this.#id('backup');
    return {
      id,
      on: this.#random.pick(this.#options.roles.all),
      manual: 'Back it up.',
      effects: ['backup'],
      timeout: '5m',
      verify: this.#probe(),
      valid_for: '1d',
    };
  }

  #act(id: string, here: Here): Tree {
    const random = this.#random;
    if (random.oneIn(8)) return { check: this.#probe() };
    if (random.oneIn(8)) return { wait: { host: 'reachable' }, timeout: '10m', every: '5s' };
    if (random.oneIn(10)) return { reboot: {}, timeout: '20m', irreversible: 'It boots.' };
    const effects = [...new Set([random.pick(EFFECTS), ...(random.oneIn(4) ? [random.pick(EFFECTS)] : [])])];
    const staged = random.oneIn(5) ? { stages: ['upgrade'] } : { effects };
    const back = random.oneIn(4) ? { undo: { title: 'Take it back', run: this.#script() } } : { irreversible: 'Nothing leads back.' };
    const action = random.oneIn(4)
      ? { manual: `Do **${id}** by hand.`, evidence: [{ attest: 'It is done' }] }
      : random.oneIn(5)
        ? { methods: { gui: { manual: 'Click it.' }, script: { run: this.#script() } } }
        : { run: this.#script(), ...(random.oneIn(3) ? { args: [here.hop ? '${{ hop.to }}' : '${{ inputs.size }}'] } : {}) };
    return { ...action, ...staged, ...back, timeout: random.pick(['30s', '5m', '1h']), verify: this.#probe() };
  }

  /** Whom a step or a group is about, and how many at a time. */
  #target(id: string): Tree {
    const random = this.#random;
    const { roles } = this.#options;
    this.targeted.add(id);
    const on = random.oneIn(6) ? [...new Set([random.pick(roles.all), random.pick(roles.all)])] : random.pick(roles.all);
    const from = random.oneIn(6) ? { from: random.oneIn(2) && roles.single.length > 0 ? random.pick(roles.single) : 'local' } : {};
    if (random.oneIn(3)) {
      const serial = 1 + random.below(3);
      this.serial.set(id, serial);
      return { on, ...from, serial, ...(random.oneIn(3) ? { pause_between: '1m' } : {}) };
    }
    return { on, ...from, ...(random.oneIn(8) ? { once: true } : {}) };
  }

  #about(target: Tree, here: Here): Pick<Here, 'hasOld' | 'hosts'> {
    if (target['on'] === undefined) return here;
    const once = target['once'] === true;
    const { declared, own } = this.#options.roles;
    const [base] = own;
    const names = (Array.isArray(target['on']) ? target['on'] : [target['on']]) as readonly string[];
    const isBase = (name: string): boolean => name === base || (declared[name] as { of?: string }).of === base;
    return { hosts: !once, hasOld: !once && names.every(isBase) };
  }

  #when({ hop, hasOld }: Here): Tree {
    const random = this.#random;
    if (!random.oneIn(3)) return {};
    const atoms = [
      'facts.plugin',
      '!facts.cache',
      'inputs.fast',
      'inputs.size == "large"',
      ...(hasOld ? ['host.old', '!host.old'] : []),
      ...(hop ? ['hop.number > 1', 'hop.last', 'crosses("3.0")', 'advisories.format'] : []),
    ];
    const one = random.pick(atoms);
    return { when: random.oneIn(3) ? `${one} ${random.pick(['&&', '||'])} ${random.pick(atoms)}` : one };
  }

  #script(): unknown {
    return this.#options.roles.windows ? { linux: 'act "$@"\n', windows: 'Invoke-Act @args\n' } : 'act "$@"';
  }

  #probe(): Tree {
    this.#sharing++;
    return this.#sharing > MOST_ALIASES || this.#random.oneIn(2) ? { ...this.#shared } : this.#shared;
  }

  #id(kind: string): string {
    return `${kind}_${String(++this.#count)}`;
  }
}
