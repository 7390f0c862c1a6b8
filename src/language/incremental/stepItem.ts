import type { Diagnostic } from '../diagnostic.js';
import { valueOf } from '../text/asWritten.js';
import type { SyntaxNode } from '../text/syntaxNode.js';
import { lineStart } from '../text/lines.js';

/** A step without steps of its own: an item of a block list, which is read anew by itself when its lines are edited. */
export interface StepItem {
  /** Its plain data. */
  readonly step: object;
  /** Keys and indices that lead to it from the root of the runbook. */
  readonly path: readonly (string | number)[];
  /** Column of its dash. */
  readonly indent: number;
  /** Start of its first line in the text that its nodes and diagnostics count from. */
  readonly origin: number;
  /** Trouble with its shape. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The key a list of steps stands under. */
export function labelOf({ path }: StepItem): string {
  return String(path.at(-2));
}

const SECTIONS = ['prerequisites', 'steps', 'finally'];

/** Every step of a runbook that can be read by itself, in order of place. What stands in flow lists, or begins in another way, is left out. */
export function stepItemsOf(text: string, root: SyntaxNode, value: unknown): readonly StepItem[] {
  const found: StepItem[] = [];
  const list = (node: SyntaxNode | undefined, values: unknown, path: readonly (string | number)[]): void => {
    if (node?.kind !== 'list' || !Array.isArray(values) || values.length !== node.items.length) return;
    node.items.forEach((item, index) => {
      const step: unknown = values[index];
      if (item?.kind !== 'mapping' || typeof step !== 'object' || step === null) return;
      const inner = valueOf(item, 'steps');
      const steps = 'steps' in step ? step.steps : undefined;
      if (inner?.kind === 'list' && Array.isArray(steps)) list(inner, steps, [...path, index, 'steps']);
      else {
        const start = lineStart(text, item.start);
        const indent = columnOfDash(text, start, item.start);
        if (indent !== undefined) found.push({ step, path: [...path, index], indent, origin: start, diagnostics: [] });
      }
    });
  };
  if (root.kind !== 'mapping' || typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  for (const section of SECTIONS) list(valueOf(root, section), members[section], [section]);
  const procedures = valueOf(root, 'procedures');
  if (procedures?.kind === 'mapping' && typeof members['procedures'] === 'object' && members['procedures'] !== null) {
    const named = members['procedures'] as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(named)) list(valueOf(procedures, name), named[name], ['procedures', name]);
  }
  return found.sort((a, b) => a.origin - b.origin);
}

/** Undefined where something else than one dash stands before the item on its line. */
function columnOfDash(text: string, start: number, itemStart: number): number | undefined {
  const before = text.slice(start, itemStart);
  return /^ *- +$/.test(before) ? before.indexOf('-') : undefined;
}
