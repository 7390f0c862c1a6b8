import { roleNames } from '../../../language/index.js';
import type { Runbook } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import { beforeAfter } from '../words.js';
import { atList } from './advisories.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';

type Order = NonNullable<Runbook['order']>[number];
type Side = Order['first'];

/** Declared orders: each is told apart by the effects and roles it is about, whatever its reason. */
export function compareOrders(world: World): void {
  const { names, recorder } = world;
  const old = declaredIn(world.old, 'order').map((declared) => ({
    declared,
    order: names.in(declared.spot.document).renamed(declared.written) as Order,
  }));
  const now = declaredIn(world.now, 'order').map((declared) => ({ declared, order: declared.written as Order }));
  const rest = now.filter(({ order }) => !old.some((other) => isSameOrder(other.order, order)));
  for (const { declared, order } of old) {
    if (now.some((other) => isSameOrder(order, other.order))) continue;
    const reversed = takeFirst(rest, (other) => isReversed(order, other));
    if (reversed !== undefined) {
      recorder.add(
        'order-reversed',
        `the order is turned round: ${orderInWords(order)} → ${orderInWords(reversed.order)}`,
        spots(declared, reversed.declared),
      );
      continue;
    }
    const near = takeFirst(rest, (other) => overlap(order, other));
    if (near === undefined)
      recorder.add('order-removed', `the order ${orderInWords(order)} is gone`, { ...spots(declared), now: atList(world, 'order') });
    else {
      const stronger =
        covers(near.order.first, order.first) && covers(near.order.then, order.then) && (near.order.per ?? 'all') === (order.per ?? 'all');
      const what = `the order covers ${stronger ? 'more' : 'less'}: ${orderInWords(order)} → ${orderInWords(near.order)}`;
      recorder.add(stronger ? 'safeguard-added' : 'order-weakened', what, spots(declared, near.declared));
    }
  }
  for (const { declared, order } of rest)
    recorder.add('safeguard-added', `the order ${orderInWords(order)} is new`, { now: declared.spot, about: 'order' });
  compareReasons(old, now, world);
}

interface DeclaredOrder {
  readonly declared: Declared;
  readonly order: Order;
}

function compareReasons(old: readonly DeclaredOrder[], now: readonly DeclaredOrder[], { recorder }: World): void {
  for (const { declared, order } of now) {
    const before = old.find((other) => isSameOrder(other.order, order));
    if (before === undefined) continue;
    if (before.order.because !== order.because || before.order.source !== order.source)
      recorder.add('text-changed', `why ${orderInWords(order)}: ${beforeAfter(before.order.because, order.because)}`, {
        ...spots(before.declared, declared),
        about: 'because',
      });
  }
}

function spots(old: Declared, now?: Declared): { old: Declared['spot']; now?: Declared['spot']; about: string } {
  return { old: old.spot, ...(now === undefined ? {} : { now: now.spot }), about: 'order' };
}

function takeFirst(list: DeclaredOrder[], matches: (order: Order) => boolean): DeclaredOrder | undefined {
  const at = list.findIndex(({ order }) => matches(order));
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

function isSameOrder(a: Order, b: Order): boolean {
  return isSameSide(a.first, b.first) && isSameSide(a.then, b.then) && (a.per ?? 'all') === (b.per ?? 'all');
}

function isReversed(a: Order, b: Order): boolean {
  return isSameSide(a.first, b.then) && isSameSide(a.then, b.first);
}

function isSameSide(a: Side, b: Side): boolean {
  return isSame(partsOf(a), partsOf(b));
}

function covers(a: Side, b: Side): boolean {
  const parts = partsOf(a);
  return partsOf(b).every((part) => parts.includes(part));
}

function overlap(a: Order, b: Order): boolean {
  const shares = (one: Side, other: Side): boolean => partsOf(one).some((part) => partsOf(other).includes(part));
  return shares(a.first, b.first) && shares(a.then, b.then);
}

/** `stop of server`, one for each effect and role. */
function partsOf(side: Side): readonly string[] {
  return Object.entries(side)
    .flatMap(([effect, roles]) => roleNames(roles).map((role) => `${effect} of ${role}`))
    .sort();
}

function orderInWords({ first, then, per }: Order): string {
  return `"${partsOf(first).join(', ')} before ${partsOf(then).join(', ')}"${per === 'host' ? ', host by host' : ''}`;
}
