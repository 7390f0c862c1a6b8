import type { SyntaxNode } from '../../text/syntaxNode.js';
import { asText } from '../declared/authorText.js';
import { stepsUsed } from '../declared/stepsUsed.js';
import type { Neighbours } from '../declared/neighbours.js';
import { previewOf } from '../declared/preview.js';
import { memberOf, textOf } from '../symbols/nodes.js';
import type { Found } from './hoverSubject.js';

/** What a `use` stands for: its steps as a short list. Undefined where it names nothing that can be read. */
export async function useHover(
  written: string,
  { start, end }: { readonly start: number; readonly end: number },
  root: SyntaxNode | undefined,
  neighbours: Neighbours,
): Promise<Found | undefined> {
  const file = /^[^#]+/.exec(written)?.[0];
  const used = file === undefined ? root : await neighbours.read(file);
  const count = stepsUsed(used, written).length;
  const preview = previewOf(used, written);
  if (preview === undefined) return undefined;
  const title = file === undefined ? undefined : asText(textOf(memberOf(used, 'title')) ?? '') || undefined;
  const head = `**${asText(written)}**: ${count === 1 ? 'one step' : `${String(count)} steps`}`;
  const markdown = [head, title, preview].filter((part) => part !== undefined).join('\n\n');
  return { range: { start, end }, markdown, subject: { kind: 'use', name: written }, page: 'language.md#reuse' };
}
