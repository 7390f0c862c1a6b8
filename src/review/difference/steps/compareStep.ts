import type { Step } from '../../../language/index.js';
import { actionOf } from '../../../planner/index.js';
import { nameOf, sortOf } from '../flow/act.js';
import type { ActPair } from '../flow/match.js';
import { beforeAfter, quoted } from '../words.js';
import { compareAsides } from './asides.js';
import { compareInner, comparePart } from './comparePart.js';
import { compareEffects } from './effects.js';
import { PartPair } from './partPair.js';
import type { World } from './partPair.js';
import { secretsIn } from './secrets.js';

/** Tells of everything that a step itself means otherwise than before; what it inherits is compared beside it. */
export function compareStep({ old, now }: ActPair, world: World): void {
  const label = quoted(nameOf(now.step, now.path));
  const pair = new PartPair(
    world,
    { document: old.document, data: old.step },
    { document: now.document, data: now.step },
    label,
    now.path,
    sortOf(old.step),
  );
  comparePart(pair);
  compareMethods(pair, old.step, now.step);
  compareEffects(pair);
  compareAsides(pair, old.step, now.step);
  compareSecrets(pair);
}

/** Several ways of one step. A run without a person takes the first way that needs nobody. */
function compareMethods(pair: PartPair, old: Step, now: Step): void {
  const [before, after] = [waysOf(old), waysOf(now)];
  if (old.methods === undefined && now.methods === undefined) return;
  const wasGate = sortOf(old) === 'gate';
  const isGate = sortOf(now) === 'gate';
  if (wasGate && !isGate) pair.tell('gate-weakened', `${pair.label} can now be done without a person`, 'methods');
  for (const [name, way] of after) {
    const earlier = before.get(name);
    if (earlier !== undefined)
      compareInner(pair.inner(earlier, way, `the way ${quoted(name)} of ${pair.label}`, way.manual === undefined ? 'act' : 'gate'));
    else if (way.manual === undefined) pair.tell('script-changed', `${pair.label} has a new way: ${quoted(name)}`, 'methods');
    else pair.tell('instruction-changed', `${pair.label} has a new way for people: ${quoted(name)}`, 'methods');
  }
  const gone = [...before].filter(([name]) => !after.has(name));
  for (const [name, way] of gone)
    if (way.manual === undefined) pair.tell('script-changed', `${pair.label} has no longer the way ${quoted(name)}`, 'methods', 'notable');
    else pair.tell('gate-weakened', `${pair.label} can no longer be done by a person in the way ${quoted(name)}`, 'methods');
  const firstAlone = (ways: typeof after): string | undefined => [...ways].find(([, way]) => way.manual === undefined)?.[0];
  if (gone.length === 0 && firstAlone(before) !== firstAlone(after) && firstAlone(before) !== undefined)
    pair.tell(
      'script-changed',
      `without a person, ${pair.label} is done in another way: ${beforeAfter(firstAlone(before), firstAlone(after))}`,
      'methods',
    );
}

function waysOf(step: Step): ReadonlyMap<string, Step> {
  return new Map(step.methods === undefined ? [[actionOf(step) ?? '', step]] : Object.entries(step.methods));
}

function compareSecrets(pair: PartPair): void {
  const before = new Set(secretsIn(pair.old.data).map((name) => pair.names.of('secrets', name)));
  for (const secret of secretsIn(pair.now.data))
    if (!before.has(secret))
      pair.world.recorder.add('secret-reachable', `${pair.label} can now see the secret ${quoted(secret)}`, {
        now: { document: pair.now.document, container: pair.now.data },
        path: pair.path,
        about: `secrets.${secret}`,
      });
}
