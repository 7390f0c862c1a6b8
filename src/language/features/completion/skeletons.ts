import type { Range } from '../../text/range.js';
import { idFromFile, TEMPLATES, templateSnippet } from '../../templates/index.js';
import type { Neighbours } from '../declared/neighbours.js';
import { inventoryOfDeclared } from '../declared/newInventory.js';
import { declaredBeside } from './inventoryNames.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';

interface Skeleton {
  readonly label: string;
  /** What it is, in a sentence. */
  readonly text: string;
  /** The file, what is to be filled in between `⟦` and `⟧`. */
  readonly whole: string;
}

/** Whole files for an empty one, in place of a range. */
export async function skeletonItems(
  file: string,
  isInventory: boolean,
  range: Range,
  neighbours: Neighbours,
): Promise<readonly CompletionItem[]> {
  const id = idFromFile(file);
  const skeletons = isInventory ? [await inventorySkeleton(neighbours)] : RUNBOOKS;
  return skeletons.map(({ label, text, whole }, index) => ({
    label,
    kind: 'snippet',
    detail: 'whole file',
    documentation: text,
    edit: { range, text: templateSnippet(whole, id) },
    format: 'snippet',
    sortText: rank(0, index),
    filterText: `${isInventory ? 'inventory' : 'runbook'} ${label}`,
  }));
}

const RUNBOOKS: readonly Skeleton[] = TEMPLATES.map(({ title, text, runbook }, index) => ({
  label: index === 0 ? 'new runbook' : `new runbook: ${lowered(title)}`,
  text,
  whole: runbook,
}));

/** As many hosts as the runbooks beside the file ask for, bound to their roles, with every value they need. */
async function inventorySkeleton(neighbours: Neighbours): Promise<Skeleton> {
  return {
    label: 'new inventory',
    text: 'A new inventory: its hosts, which of them has which role, and the values that the runbooks beside it need.',
    whole: inventoryOfDeclared(await declaredBeside(neighbours)),
  };
}

/** A title within a sentence; abbreviations stay as they are. */
function lowered(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
