import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { pairs } from './pairs.js';
import { section } from './section.js';

/** What is not known yet. */
export function questionsView(context: PlanContext): ElementNode | undefined {
  const { questions } = context.sheet;
  if (questions.length === 0) return undefined;
  return section('questions', 'Open questions', context, String(questions.length), pairs(questions));
}
