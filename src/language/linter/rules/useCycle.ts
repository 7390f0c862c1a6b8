import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { ParsedRunbook } from '../../project.js';
import type { Step } from '../../schema/generated/runbook.js';
import { eachStep, findUsed } from '../named.js';
import type { LintContext, Rule } from '../rule.js';

/** What one `use` stands for. */
interface Use {
  readonly mark: string;
  readonly id: string | undefined;
  readonly to: string | undefined;
  readonly document: ParsedRunbook;
  readonly spelling: string;
  /** Within an undo or a remedy, which have no undos and remedies of their own. */
  readonly aside: boolean;
}

export const useCycle: Rule = {
  id: 'use-cycle',
  family: 'correctness',
  severity: 'error',
  rationale: 'Steps that use themselves, directly or through others, would never end.',
  cites: ['capability 9', 'threat T19'],
  *check(context) {
    const ways = new Map<string, readonly string[] | undefined>();
    const dispatched = (context.runbook.upgrade?.instead ?? []).map((instead) => ({ kind: 'step' as const, step: instead }));
    for (const { kind, step } of [...context.steps, ...dispatched]) {
      const use = targetOf(step, kind === 'undo' || kind === 'remedy', context.document, context);
      const range = use === undefined ? undefined : context.document.positions.value(step, 'use');
      if (use === undefined || range === undefined) continue;
      const state = `${use.mark} ${String(use.aside)}`;
      if (!ways.has(state)) ways.set(state, wayBack(use, context));
      const way = ways.get(state);
      if (way !== undefined)
        yield { range, message: `"${use.spelling}" leads back to itself (${way.join(' → ')}); take out one of these uses` };
    }
  },
};

/** The spellings on a way from what is used back to it; undefined when there is none. */
function wayBack(start: Use, context: LintContext): readonly string[] | undefined {
  const seen = new Set<string>();
  const queue: { use: Use; way: readonly string[] }[] = [{ use: start, way: [start.spelling] }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const inner of usesIn(next.use, context)) {
      const way = [...next.way, inner.spelling];
      if (inner.mark === start.mark) return way;
      const state = `${inner.mark} ${String(inner.aside)}`;
      if (seen.has(state)) continue;
      seen.add(state);
      queue.push({ use: inner, way });
    }
  }
  return undefined;
}

function usesIn({ id, to, document, aside }: Use, context: LintContext): readonly Use[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const steps =
    id === undefined
      ? [...(runbook.prerequisites ?? []), ...runbook.steps]
      : (findUsed(runbook, { id, ...(to === undefined ? {} : { to }) }) ?? []);
  // A whole file may hand its hops on to others.
  const dispatched = id === undefined ? ((runbook.upgrade?.instead ?? []) as readonly Step[]) : [];
  return [...eachStep(steps), ...dispatched].flatMap((step) => {
    const asides = aside ? [] : [step.undo, ...(step.on_failure?.remedies ?? [])];
    return [
      targetOf(step, aside, document, context),
      ...asides.map((part) => part && targetOf(part as Step, true, document, context)),
    ].filter((use) => use !== undefined);
  });
}

function targetOf(step: Step, aside: boolean, document: ParsedRunbook, context: LintContext): Use | undefined {
  const reference = step.use === undefined ? undefined : parseUseReference(step.use);
  if (reference === undefined) return undefined;
  const file = reference.file === undefined ? document.file : resolveFile(document.file, reference.file);
  const target = file === context.document.file ? context.document : context.files.get(file);
  if (target === undefined) return undefined;
  const { id, to } = reference;
  return { mark: `${file}#${id ?? ''}..${to ?? ''}`, id, to, document: target, spelling: step.use ?? '', aside };
}
