import type { ParsedRunbook, Project } from '../../language/index.js';
import { inOrder } from './change.js';
import type { Difference } from './change.js';
import { compareAdvisories } from './declarations/advisories.js';
import { compareInvariants } from './declarations/invariants.js';
import { compareOrders } from './declarations/orders.js';
import { renamedIn } from './declarations/renamed.js';
import { compareRoles } from './declarations/roles.js';
import { compareUpgrades } from './declarations/upgrade.js';
import { compareValues } from './declarations/values.js';
import { compareWhole } from './declarations/whole.js';
import { compareFlows } from './flow/compareFlows.js';
import { flowOf, MOST_ACTS } from './flow/flow.js';
import { matchActs } from './flow/match.js';
import { tellMoved, tellRenamed, withStepNames } from './flow/names.js';
import { Recorder } from './recorder.js';
import { compareSuppressions } from './silencing/suppressions.js';
import { quoted } from './words.js';

/**
 * What the change from one state of a runbook to another one means, with everything that its files use. Either may be absent: the runbook is
 * new, or deleted. Files of both are compared by their place relative to the runbook. Pure; for plans see `compareVariants`, for inventories
 * `compareInventories`. Whoever shows it: sentences and quotes are what authors wrote, so escape them.
 */
export function compareProjects(old: Project | undefined, now: Project | undefined): Difference {
  const recorder = new Recorder();
  if (old === undefined || now === undefined) {
    if (now !== undefined)
      recorder.add('document-added', `the runbook ${titleOf(now.root)} is new: read it as a whole`, { now: { document: now.root } });
    if (old !== undefined) recorder.add('document-deleted', `the runbook ${titleOf(old.root)} is gone`, { old: { document: old.root } });
    return { changes: recorder.changes, limits: [] };
  }
  tellUnreadable(old, now, recorder);
  compareSuppressions([...old.files.values()], [...now.files.values()], recorder);
  if (old.root.value === undefined || now.root.value === undefined) return { changes: inOrder(recorder.changes), limits: [] };
  const world = { old, now, names: renamedIn(old, now), recorder };
  const [before, after] = [flowOf(old), flowOf(now)];
  const first = matchActs(before.acts, after.acts, world.names);
  withStepNames(first.pairs, world.names);
  const matched = matchActs(before.acts, after.acts, world.names);
  compareFlows(before, after, matched, world);
  compareOrders(world);
  compareAdvisories(world);
  compareUpgrades(world);
  compareInvariants(world);
  compareRoles(world);
  compareValues(world);
  compareWhole(world);
  tellRenamed(matched.pairs, world);
  tellMoved(matched.pairs, world);
  if (!before.isCut && !after.isCut) return { changes: inOrder(recorder.changes), limits: [] };
  const limit = `only the first ${String(MOST_ACTS)} steps were compared, and there are more`;
  recorder.add('document-unreadable', `this runbook cannot be compared as a whole: ${limit}`, {
    old: { document: old.root },
    now: { document: now.root },
  });
  return { changes: inOrder(recorder.changes), limits: [limit] };
}

/** A file with errors has no meaning: nothing in it is compared, which must not look like nothing having changed. */
function tellUnreadable(old: Project, now: Project, recorder: Recorder): void {
  for (const document of now.files.values())
    if (document.value === undefined)
      recorder.add(
        'document-unreadable',
        `${document === now.root ? 'the runbook' : 'a file that it uses'} has errors, so what it means cannot be compared; see them with runbook lint`,
        { now: { document } },
      );
  for (const document of old.files.values())
    if (document.value === undefined)
      recorder.add('document-unreadable', 'the old text has errors, so what it meant cannot be compared: read the new one as a whole', {
        old: { document },
        now: { document: now.root },
      });
}

function titleOf({ value, file }: ParsedRunbook): string {
  return quoted(value?.title ?? file.split('/').at(-1) ?? file);
}
