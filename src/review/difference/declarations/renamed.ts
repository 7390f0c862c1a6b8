import type { Project } from '../../../language/index.js';
import { ProjectNames } from '../names.js';
import type { NameSort } from '../names.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';
import { pairDeclarations } from './pair.js';

/** What others refer to comes first. Roles refer to each other, so they are looked at once more for each step of a derivation. */
const SORTS: readonly Exclude<NameSort, 'steps'>[] = [
  'roles',
  'roles',
  'roles',
  'versions',
  'inputs',
  'secrets',
  'contacts',
  'facts',
  'advisories',
];

/** Which declarations of each file have another name there and mean the same. A name that its file still declares is not renamed. */
export function renamedIn(old: Project, now: Project): ProjectNames {
  const names = new ProjectNames();
  for (const sort of SORTS) {
    const [before, after] = [declaredIn(old, sort), declaredIn(now, sort)];
    const [wereThere, areThere] = [new Set(before.map(placeOf)), new Set(after.map(placeOf))];
    const gone = before.filter((one) => !areThere.has(placeOf(one)));
    const fresh = after.filter((one) => !wereThere.has(placeOf(one)));
    for (const pair of pairDeclarations(gone, fresh, names).pairs)
      if (pair.old.file === pair.now.file) names.in(pair.old.spot.document).set(sort, pair.old.name, pair.now.name);
  }
  return names;
}

function placeOf({ name, file }: Declared): string {
  return JSON.stringify([file, name]);
}
