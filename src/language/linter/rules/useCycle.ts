import { parseUseReference, resolveFile } from '../../model/useReference.js';
import { eachStep, findNamed } from '../named.js';
import type { ParsedRunbook } from '../../project.js';
import type { Step } from '../../schema/generated/runbook.js';
import type { LintContext, Rule } from '../rule.js';

/** One `use`, with the steps it stands for. */
interface Use {
  readonly mark: string;
  readonly step: Step;
  readonly document: ParsedRunbook;
  readonly names: string;
}

export const useCycle: Rule = {
  id: 'use-cycle',
  severity: 'error',
  rationale: 'Steps that use themselves, directly or through others, would never end.',
  *check(context) {
    const reached = new Map<string, readonly string[] | undefined>();
    for (const { step } of context.steps) {
      const use = targetOf(step, context.document, context);
      const range = use === undefined ? undefined : context.document.positions.value(step, 'use');
      if (use === undefined || range === undefined) continue;
      if (!reached.has(use.mark)) reached.set(use.mark, wayBack(use, context));
      const way = reached.get(use.mark);
      if (way === undefined) continue;
      yield { range, message: `"${step.use ?? ''}" leads back to itself (${way.join(' → ')}); take out one of these uses` };
    }
  },
};

/** The names on a way from what is used back to it; undefined when there is none. */
function wayBack(start: Use, context: LintContext): readonly string[] | undefined {
  const seen = new Set<string>();
  const queue: { use: Use; way: readonly string[] }[] = [{ use: start, way: [start.names] }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const inner of usesIn(next.use, context)) {
      const way = [...next.way, inner.names];
      if (inner.mark === start.mark) return way;
      if (seen.has(inner.mark)) continue;
      seen.add(inner.mark);
      queue.push({ use: inner, way });
    }
  }
  return undefined;
}

function usesIn({ mark, document }: Use, context: LintContext): readonly Use[] {
  const id = mark.slice(mark.indexOf('#') + 1);
  const runbook = document.value;
  if (runbook === undefined) return [];
  const steps = id === '' ? [...(runbook.prerequisites ?? []), ...runbook.steps] : (findNamed(runbook, id) ?? []);
  return [...eachStep(steps)].flatMap((step) => [step, ...asides(step)]).flatMap((step) => targetOf(step, document, context) ?? []);
}

/** What undoes and remedies a step is used with it. */
function asides(step: Step): readonly Step[] {
  return [step.undo, ...(step.on_failure?.remedies ?? [])].flatMap((aside) => (aside === undefined ? [] : [aside as Step]));
}

function targetOf(step: Step, document: ParsedRunbook, context: LintContext): Use | undefined {
  const reference = step.use === undefined ? undefined : parseUseReference(step.use);
  if (reference === undefined) return undefined;
  const file = reference.file === undefined ? document.file : resolveFile(document.file, reference.file);
  const target = file === context.document.file ? context.document : context.files.get(file);
  if (target === undefined) return undefined;
  return { mark: `${file}#${reference.id ?? ''}`, step, document: target, names: step.use ?? '' };
}
