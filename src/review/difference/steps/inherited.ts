import { parseDuration, roleLineage } from '../../../language/index.js';
import type { ChangeKind } from '../kinds.js';
import { allEffects, nameOf, sortOf } from '../flow/act.js';
import type { Act, Owned } from '../flow/act.js';
import type { ActPair } from '../flow/match.js';
import type { Danger } from '../change.js';
import type { Spot } from '../recorder.js';
import { beforeAfter, listed, quoted, short } from '../words.js';
import type { World } from './partPair.js';
import { secretsIn } from './secrets.js';

/** How many hosts at once where nothing is said: every host of a group, ten of a single step. */
const PARALLEL = 10;

/** What a step has of itself or of the groups around it: its hosts, where it is performed, how many at a time, and in which cases. */
export function compareInherited(pair: ActPair, world: World): void {
  new Inherited(pair, world).compare();
}

class Inherited {
  readonly #old: Act;
  readonly #now: Act;
  readonly #world: World;

  constructor({ old, now }: ActPair, world: World) {
    this.#old = old;
    this.#now = now;
    this.#world = world;
  }

  compare(): void {
    this.#roles();
    this.#from();
    this.#once();
    this.#conditions();
    this.#atOnce();
    this.#pauses();
    this.#hops();
  }

  #roles(): void {
    const { roles: was } = this.#old;
    const { roles: is } = this.#now;
    const before = (was?.value ?? []).map((role) => this.#roleNow(role));
    const after = is?.value ?? [];
    if (isSameSet(before, after)) return;
    const wider = this.#covers(after, before);
    const narrower = this.#covers(before, after);
    if (wider && narrower) return;
    const kind: ChangeKind =
      wider && before.length > 0 ? 'hosts-widened' : narrower && after.length > 0 ? 'hosts-narrowed' : 'hosts-changed';
    const what = `${this.#label(is ?? was)} is about these hosts: ${beforeAfter(was?.value, is?.value)}`;
    const isLess = kind === 'hosts-narrowed' && sortOf(this.#now.step) !== 'act';
    this.#tell(kind, `${what}${this.#seen()}`, 'on', was, is, isLess ? 'dangerous' : undefined);
    this.#newlySeen('on', was, is);
  }

  /** Roles are known by the names that the runbook itself gives them. */
  #roleNow(role: string): string {
    return this.#world.names.in(this.#world.old.root).of('roles', role);
  }

  /** Every host of `others` is one of `roles`, as far as the declarations of the roles tell. */
  #covers(roles: readonly string[], others: readonly string[]): boolean {
    const runbook = this.#world.now.root.value;
    return others.every((other) => {
      const lineage = runbook === undefined ? [other] : roleLineage(runbook, other);
      return roles.some((role) => lineage.includes(role));
    });
  }

  #from(): void {
    const [was, is] = [this.#old.from, this.#now.from];
    const before = was === undefined ? undefined : this.#roleNow(was.value);
    if (before === is?.value) return;
    const where = (place: string | undefined): string => place ?? 'the hosts it is about';
    this.#tell(
      'place-changed',
      `${this.#label(is ?? was)} is performed on: ${where(was?.value)} → ${where(is?.value)}${this.#seen()}`,
      'from',
      was,
      is,
    );
    this.#newlySeen('from', was, is);
  }

  #seen(): string {
    const secrets = secretsIn(this.#now.step);
    return secrets.length === 0 ? '' : `; the secret ${listed(secrets)} goes with it`;
  }

  /** A step whose hosts are others takes its secrets there. */
  #newlySeen(about: string, was: Owned<unknown> | undefined, is: Owned<unknown> | undefined): void {
    for (const secret of secretsIn(this.#now.step)) {
      const place = this.#now.from?.value ?? short(this.#now.roles?.value);
      this.#tell(
        'secret-reachable',
        `the secret ${quoted(secret)} is now seen by ${this.#label(is ?? was)} on ${place}`,
        `${about} ${secret}`,
        was,
        is,
      );
    }
  }

  #once(): void {
    const [was, is] = [this.#old.once, this.#now.once];
    if ((was?.value ?? false) === (is?.value ?? false)) return;
    if (is?.value === true)
      this.#tell('hosts-narrowed', `${this.#label(is)} is performed once for all its hosts, no longer on each`, 'once', was, is);
    else this.#tell('hosts-widened', `${this.#label(was)} is performed on each of its hosts, no longer once for all`, 'once', was, is);
  }

  #conditions(): void {
    const { names } = this.#world;
    const before = this.#old.conditions.map((condition) => ({
      condition,
      cel: spaceless(String(names.in(condition.document).renamed(condition.value, 'when'))),
    }));
    const after = this.#now.conditions.map((condition) => ({ condition, cel: spaceless(condition.value) }));
    const gone = before.filter(({ cel }) => !after.some((other) => other.cel === cel));
    const added = after.filter(({ cel }) => !before.some((other) => other.cel === cel));
    for (let index = 0; index < Math.max(gone.length, added.length); index++)
      this.#condition(gone[index]?.condition, added[index]?.condition);
  }

  #condition(was: Owned<string> | undefined, is: Owned<string> | undefined): void {
    const label = this.#label(is ?? was);
    const sort = sortOf(this.#now.step);
    if (was !== undefined && is !== undefined)
      this.#tell('when-changed', `${label} is done in other cases: ${beforeAfter(was.value, is.value)}`, 'when', was, is);
    else if (was !== undefined)
      this.#tell(
        'when-changed',
        `${label} is done in more cases, no longer only when ${short(was.value)}`,
        'when',
        was,
        is,
        sort === 'act' ? 'dangerous' : 'notable',
      );
    else if (is !== undefined) {
      const isProtection = sort !== 'act' || allEffects(this.#now.step).length > 0;
      this.#tell(
        'when-changed',
        `${label} is done in fewer cases, now only when ${short(is.value)}`,
        'when',
        was,
        is,
        isProtection ? 'dangerous' : 'notable',
      );
    }
  }

  #atOnce(): void {
    const least = (act: Act): Owned<number> | undefined =>
      act.batches.reduce<Owned<number> | undefined>(
        (found, one) => (found === undefined || one.value < found.value ? one : found),
        undefined,
      );
    const [was, is] = [least(this.#old), least(this.#now)];
    this.#compareAtOnce(was, is, was?.value ?? Infinity, is?.value ?? Infinity);
    const own = (act: Act): Owned<number> | undefined =>
      act.step.serial === undefined ? undefined : { value: act.step.serial, step: act.step, document: act.document, path: act.path };
    this.#compareAtOnce(own(this.#old), own(this.#now), this.#old.step.serial ?? PARALLEL, this.#now.step.serial ?? PARALLEL);
  }

  #compareAtOnce(was: Owned<number> | undefined, is: Owned<number> | undefined, before: number, after: number): void {
    if (before === after) return;
    const count = (hosts: number): string => (hosts === Infinity ? 'all' : String(hosts));
    const what = `${this.#label(is ?? was)} goes to this many hosts at a time: ${count(before)} → ${count(after)}`;
    this.#tell(after > before ? 'hosts-widened' : 'hosts-narrowed', what, 'serial', was, is);
  }

  #pauses(): void {
    const longest = (act: Act): Owned<string> | undefined => act.pauses.at(-1) ?? ownPause(act);
    const [was, is] = [longest(this.#old), longest(this.#now)];
    const [before, after] = [parseDuration(was?.value ?? '') ?? 0, parseDuration(is?.value ?? '') ?? 0];
    if (before === after) return;
    const what = `${this.#label(is ?? was)} pauses between hosts: ${beforeAfter(was?.value, is?.value)}`;
    this.#tell(after < before ? 'pause-shortened' : 'pace-changed', what, 'pause_between', was, is);
  }

  #hops(): void {
    const [was, is] = [this.#old.perHop, this.#now.perHop];
    if ((was === undefined) === (is === undefined)) return;
    const what = is === undefined ? 'is done once, no longer for each hop of the path' : 'is now done for each hop of the path';
    this.#tell('when-changed', `${this.#label(is ?? was)} ${what}`, 'per_hop', was, is);
  }

  #label(owned: Owned<unknown> | undefined): string {
    const { step, path } = owned ?? this.#now;
    return quoted(nameOf(step, path));
  }

  #tell(
    kind: ChangeKind,
    what: string,
    about: string,
    was: Owned<unknown> | undefined,
    is: Owned<unknown> | undefined,
    danger?: Danger,
  ): void {
    const [key = about] = about.split(' ');
    this.#world.recorder.add(kind, what, {
      ...(was === undefined ? {} : { old: spotOf(was, key) }),
      now: is === undefined ? this.#nearest(was) : spotOf(is, key),
      path: (is ?? was)?.path ?? this.#now.path,
      about,
      ...(danger === undefined ? {} : { danger }),
    });
  }

  /** Where a key that is gone would stand now: on the group of the same path, else on the step. */
  #nearest(was: Owned<unknown> | undefined): Spot {
    const group =
      was === undefined
        ? undefined
        : this.#now.groups.find(
            ({ path, step }) => path === was.path || (step.id !== undefined && step.id === (was.step as { id?: string }).id),
          );
    return group === undefined || was?.path === this.#old.path
      ? { document: this.#now.document, container: this.#now.step }
      : { document: group.document, container: group.step };
  }
}

function ownPause({ step, document, path }: Act): Owned<string> | undefined {
  return step.pause_between === undefined ? undefined : { value: step.pause_between, step, document, path };
}

function spotOf({ step, document }: Owned<unknown>, key: string): Spot {
  return { document, container: step, ...(Object.hasOwn(step, key) ? { key } : {}) };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((item) => b.includes(item)) && b.every((item) => a.includes(item));
}

/** Line breaks and indentation mean nothing in an expression outside of texts; they are not touched where there is one. */
function spaceless(cel: string): string {
  return /["']/.test(cel) ? cel.trim() : cel.replace(/\s+/g, ' ').trim();
}
