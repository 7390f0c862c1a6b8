import { versionChanges } from '../versions.js';
import type { VersionChange } from '../versions.js';
import { projectWith, textOf } from './examples.js';
import type { Example } from './examples.js';
import { environmentsOf, takenOn, waysAround } from './pathsTaken.js';
import type { Way } from './pathsTaken.js';

const remembered = new Map<string, string>();

/** A way that a changed version makes different, in any environment and for any runbook of its example; undefined when there is none. */
export async function changedWay(example: Example, file: string, { text, before, after }: VersionChange): Promise<Way | undefined> {
  const inventory = example.inventories.find((name) => name.includes('lab')) ?? example.inventories[0] ?? '';
  const named = [...new Set(example.runbooks.flatMap((one) => [...versionChanges(textOf(one))].map((change) => change.before)))];
  for (const root of [file, ...example.runbooks.filter((other) => other !== file)]) {
    const changed = await projectWith(root, file, text);
    const original = await projectWith(root, '', '');
    if (!changed.files.has(file)) continue;
    for (const environment of environmentsOf(original, inventory)) {
      for (const way of waysAround(before, after, named)) {
        const key = JSON.stringify([root, environment, way]);
        const known = remembered.get(key) ?? takenOn(way, original, environment);
        remembered.set(key, known);
        if (takenOn(way, changed, environment) !== known) return way;
      }
    }
  }
  return undefined;
}
