import { copyOf, keysOf, written } from './support/tree.js';
import type { Mutant } from './support/mutant.js';

/** What makes a step safe to carry out, and an order worth keeping. */
const SAFEGUARDS = new Set(['verify', 'timeout', 'undo', 'irreversible', 'because']);

/** One safeguard taken away, one at a time; also where an alias stands for it. */
export function* deletions(text: string): Generator<Mutant> {
  for (const { name, key, path } of keysOf(copyOf(text))) {
    if (!SAFEGUARDS.has(key)) continue;
    const tree = copyOf(text);
    const holder = path.reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], tree) as Record<string, unknown>;
    delete holder[key];
    yield { text: written(tree), what: `deleted: ${name}` };
  }
}
