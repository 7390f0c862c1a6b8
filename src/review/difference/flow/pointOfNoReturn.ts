import type { World } from '../steps/partPair.js';
import { quoted } from '../words.js';
import { nameOf, sortOf } from './act.js';
import type { Act } from './act.js';
import type { Flow } from './flow.js';
import type { ActPair } from './match.js';

/**
 * Tells when what could still be taken back before the first step that cannot be now comes after it. A step that cannot be taken back any more says so
 * itself; this is about one that comes earlier.
 */
export function comparePointOfNoReturn(old: Flow, now: Flow, pairs: readonly ActPair[], { recorder }: World): void {
  const [before, after] = [old.acts.findIndex(isFinal), now.acts.findIndex(isFinal)];
  const [was, is] = [old.acts[before], now.acts[after]];
  const pair = pairs.find((one) => one.now === is);
  if (was === undefined || is === undefined || pair === undefined || !isFinal(pair.old)) return;
  const stoodBefore = new Set(old.acts.slice(0, before));
  const comesAfter = new Set(now.acts.slice(after + 1));
  const passed = pairs.find((one) => stoodBefore.has(one.old) && comesAfter.has(one.now) && sortOf(one.now.step) === 'act');
  if (passed === undefined) return;
  const [point, late] = [is, passed.now].map(({ step, path }) => quoted(nameOf(step, path)));
  recorder.add('irreversible-added', `the point of no return comes earlier: at ${point ?? ''}, before ${late ?? ''} is done`, {
    old: { document: was.document, container: was.step },
    now: { document: is.document, container: is.step },
    path: is.path,
    about: 'order',
  });
}

/** What a run comes to and cannot take back. */
function isFinal({ step, section }: Act): boolean {
  return step.irreversible !== undefined && (section === 'steps' || section === 'prerequisites');
}
