import type { Runbook } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import type { Data } from '../meaning.js';
import type { Spot } from '../recorder.js';
import type { World } from '../steps/partPair.js';
import { beforeAfter, quoted, short } from '../words.js';
import { atList } from './advisories.js';
import { documentsOf } from './documents.js';
import type { ReadDocument } from './documents.js';

type Upgrade = NonNullable<Runbook['upgrade']>;
type Stop = NonNullable<Upgrade['stops']>[number];
type Instead = NonNullable<Upgrade['instead']>[number];

/** The path from the installed version to the one that is wanted, in each file that has one. */
export function compareUpgrades(world: World): void {
  const [old, now] = [documentsOf(world.old).filter(has), documentsOf(world.now).filter(has)];
  for (const before of old) {
    const after =
      now.find(({ name }) => name === before.name) ??
      now.find((other) => isSame(before.meaning['upgrade'], other.meaning['upgrade'], world.names.in(before.document))) ??
      now.find(({ runbook }) => runbook.id === before.runbook.id);
    if (after !== undefined) new UpgradePair(before, after, world).compare();
    else
      world.recorder.add('upgrade-changed', `the upgrade path of ${quoted(before.runbook.title)} is gone, with its stops and limits`, {
        old: { document: before.document, container: before.runbook, key: 'upgrade' },
        now: atList(world, 'upgrade'),
      });
  }
  for (const after of now)
    if (!old.some(({ name }) => name === after.name) && old.length === 0)
      world.recorder.add('upgrade-changed', `${quoted(after.runbook.title)} now has an upgrade path`, {
        now: { document: after.document, container: after.runbook, key: 'upgrade' },
      });
}

function has({ runbook }: ReadDocument): boolean {
  return runbook.upgrade !== undefined;
}

class UpgradePair {
  readonly #before: Upgrade;
  readonly #after: Upgrade;
  /** As it is written: names are compared in the new spelling, places in the old text. */
  readonly #written: Upgrade;

  constructor(
    private readonly old: ReadDocument,
    private readonly now: ReadDocument,
    private readonly world: World,
  ) {
    this.#written = old.runbook.upgrade as Upgrade;
    this.#before = world.names.in(old.document).renamed(this.#written) as Upgrade;
    this.#after = now.runbook.upgrade as Upgrade;
  }

  compare(): void {
    for (const key of ['installed', 'to'] as const)
      if (!isSame(this.#before[key], this.#after[key]))
        this.#tell(
          'upgrade-changed',
          `${key === 'to' ? 'the version to end with' : 'the fact that says what is installed'}: ${beforeAfter(this.#before[key], this.#after[key])}`,
          key,
        );
    this.#supported();
    this.#stops();
    this.#instead();
  }

  #supported(): void {
    const [before, after] = [this.#before.supported, this.#after.supported];
    if (!isSame(before?.range, after?.range)) {
      const what = `versions this procedure is for: ${short(before?.range ?? 'any')} → ${short(after?.range ?? 'any')}`;
      this.#tell(before === undefined ? 'safeguard-added' : 'upgrade-widened', what, 'supported');
    } else if (!isSame(before?.otherwise, after?.otherwise))
      this.#tell('help-changed', 'whom to ask for other versions is somebody else', 'supported');
  }

  #stops(): void {
    const rest = [...(this.#after.stops ?? [])];
    (this.#before.stops ?? []).forEach((stop, index) => {
      const same = take(rest, (other) => isSame(pathOf(stop), pathOf(other)));
      const at = { document: this.old.document, container: this.#written.stops?.[index] };
      if (same !== undefined) {
        if (same.because !== stop.because)
          this.world.recorder.add('text-changed', `why an upgrade stops at ${stop.via}: ${beforeAfter(stop.because, same.because)}`, {
            old: at,
            now: { document: this.now.document, container: same },
            about: 'because',
          });
        return;
      }
      const near = take(rest, (other) => other.via === stop.via);
      if (near === undefined)
        this.world.recorder.add('stop-removed', `an upgrade no longer stops at ${stop.via} (${stopInWords(stop)})`, {
          old: at,
          now: this.#at('stops'),
          about: 'stops',
        });
      else
        this.world.recorder.add(
          'stop-removed',
          `the stop at ${stop.via} is made in other cases: ${stopInWords(stop)} → ${stopInWords(near)}`,
          {
            old: at,
            now: { document: this.now.document, container: near },
            about: 'stops',
          },
        );
    });
    for (const stop of rest)
      this.world.recorder.add('safeguard-added', `an upgrade now stops at ${stop.via} (${stopInWords(stop)})`, {
        now: { document: this.now.document, container: stop },
        about: 'stops',
      });
  }

  /** A hop that is handed over is done by steps that the differences of the other runbook tell of. */
  #instead(): void {
    const rest = [...(this.#after.instead ?? [])];
    (this.#before.instead ?? []).forEach((instead, index) => {
      const old = { document: this.old.document, container: this.#written.instead?.[index] };
      const name = quoted(instead.title ?? instead.use);
      const near = take(rest, (other) => other.use === instead.use) ?? take(rest, (other) => other.when === instead.when);
      if (near === undefined)
        this.world.recorder.add('upgrade-changed', `${name} is no longer followed for hops where ${short(instead.when)}`, {
          old,
          now: this.#at('instead'),
          about: 'instead',
        });
      else if (instead.title !== near.title && isSame(acting(instead), acting(near)))
        this.world.recorder.add('text-changed', `what ${name} is called: ${beforeAfter(instead.title, near.title)}`, {
          old,
          now: { document: this.now.document, container: near },
          about: 'title',
        });
      else if (!isSame(acting(instead), acting(near)))
        this.world.recorder.add(
          'upgrade-changed',
          `when ${name} is followed, and with what: ${beforeAfter(acting(instead), acting(near))}`,
          {
            old,
            now: { document: this.now.document, container: near },
            about: 'instead',
          },
        );
    });
    for (const instead of rest)
      this.world.recorder.add(
        'upgrade-changed',
        `${quoted(instead.title ?? instead.use)} is now followed for hops where ${short(instead.when)}`,
        {
          now: { document: this.now.document, container: instead },
          about: 'instead',
        },
      );
  }

  #tell(kind: 'upgrade-changed' | 'upgrade-widened' | 'safeguard-added' | 'help-changed', what: string, key: keyof Upgrade): void {
    const spot = (document: ReadDocument['document'], upgrade: Upgrade): Spot => ({
      document,
      container: upgrade,
      ...(upgrade[key] === undefined ? {} : { key }),
    });
    this.world.recorder.add(kind, what, {
      old: spot(this.old.document, this.#written),
      now: spot(this.now.document, this.#after),
      about: key,
    });
  }

  #at(key: keyof Upgrade): Spot {
    return { document: this.now.document, container: this.#after, ...(this.#after[key] === undefined ? {} : { key }) };
  }
}

/** An `instead` without what only people read; the file it names may be elsewhere and say the same. */
function acting({ title: _title, use: _use, ...rest }: Instead): Data {
  return rest;
}

function pathOf({ from, to, via }: Stop): Data {
  return { from, to, via };
}

function stopInWords({ from, to }: Stop): string {
  return `from ${from} to ${to}`;
}

function take<Item>(list: Item[], matches: (item: Item) => boolean): Item | undefined {
  const at = list.findIndex(matches);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
