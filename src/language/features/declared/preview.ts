import type { SyntaxNode } from '../../text/syntaxNode.js';
import { memberOf, textOf } from '../symbols/nodes.js';
import { asCode, asText } from './authorText.js';
import { stepsUsed } from './stepsUsed.js';

/** Steps of a preview; more are only counted. */
const SHOWN = 12;

/** What a use stands for, as a list of steps in Markdown. */
export function previewOf(root: SyntaxNode | undefined, reference: string): string | undefined {
  const steps = stepsUsed(root, reference);
  if (steps.length === 0) return undefined;
  const lines = steps.slice(0, SHOWN).map((step, index) => {
    const id = textOf(memberOf(step, 'id'));
    const title = textOf(memberOf(step, 'title')) ?? textOf(memberOf(step, 'use')) ?? '';
    return `${String(index + 1)}. ${[id === undefined ? '' : asCode(id), asText(title)].filter((part) => part !== '').join(' ') || 'a step'}`;
  });
  const rest = steps.length - SHOWN;
  return [...lines, ...(rest > 0 ? [`\n… and ${String(rest)} more`] : [])].join('\n');
}
