import { eachStep, sectionsOf } from '../named.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import type { Step } from '../../schema/generated/runbook.js';

const SECTIONS = ['prerequisites', 'steps', 'finally'] as const;

/** Groups that a plan has of itself, beside the steps of the sections. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['advisories', 'for what the advisories demand'],
  ['instead', 'for the steps of a more specific runbook'],
]);

export const duplicateStepId: Rule = {
  id: 'duplicate-step-id',
  family: 'correctness',
  severity: 'error',
  rationale:
    'Results, evidence and the journal are kept by the ids that lead to a step: two steps with the same ones cannot be told apart.',
  cites: ['capability 4'],
  *check(context) {
    const { runbook } = context;
    // The sections of a file follow one another in one run.
    const top = [...(runbook.prerequisites ?? []), ...runbook.steps, ...(runbook.finally ?? [])];
    yield* repeated(context, top);
    for (const procedure of Object.values(runbook.procedures ?? {})) yield* repeated(context, procedure);
    for (const step of sectionsOf(runbook).flatMap((section) => [...eachStep(section)]))
      if (step.steps !== undefined) yield* repeated(context, step.steps);
    yield* reserved(context, [...top, ...Object.values(runbook.procedures ?? {}).flat()]);
  },
};

function* repeated({ runbook, document }: LintContext, siblings: readonly Step[]): Generator<Finding> {
  const sectionOf = (step: Step): string => SECTIONS.find((section) => runbook[section]?.includes(step)) ?? '';
  const first = new Map<string, Step>();
  for (const step of siblings) {
    if (step.id === undefined) continue;
    const earlier = first.get(step.id);
    if (earlier === undefined) {
      first.set(step.id, step);
      continue;
    }
    const [range, other] = [document.positions.value(step, 'id'), document.positions.value(earlier, 'id')];
    if (range === undefined || other === undefined) continue;
    const [here, there] = [sectionOf(step), sectionOf(earlier)];
    const where = here === there ? 'two steps side by side' : `a step in "${there}" and one in "${here}"`;
    yield {
      range,
      message: `${where} have the id "${step.id}"; give one of them another`,
      related: [{ file: document.file, range: other, message: 'the other one' }],
    };
  }
}

function* reserved({ document }: LintContext, steps: readonly Step[]): Generator<Finding> {
  for (const step of steps) {
    const purpose = RESERVED.get(step.id ?? '');
    const range = purpose === undefined ? undefined : document.positions.value(step, 'id');
    if (range !== undefined && purpose !== undefined)
      yield { range, message: `the id "${step.id ?? ''}" is kept ${purpose}; give the step another` };
  }
}
