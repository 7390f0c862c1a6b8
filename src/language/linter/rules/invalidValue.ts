import { checkValue } from '../../model/valueType.js';
import type { DeclaredValue } from '../../model/valueType.js';
import { quoteYaml } from '../../text/quote.js';
import type { Declarations, Finding, Rule, StepContext } from '../rule.js';

type Declared = {
  readonly type?: DeclaredValue['type'];
  readonly scheme?: string;
  readonly options?: readonly string[];
  readonly pattern?: string;
  readonly default?: string | number | boolean;
};

export const invalidValue: Rule = {
  id: 'invalid-value',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A value that does not fit its own declaration would be refused when the run begins.',
  cites: ['capability 18', 'capability 47'],
  *check(context) {
    const { runbook } = context;
    const vars = Object.values(runbook.roles ?? {}).flatMap((role) => Object.values(role.vars ?? {}));
    const declarations: Declared[] = [
      ...Object.values(runbook.inputs ?? {}),
      ...Object.values(runbook.facts ?? {}),
      ...vars.filter((declared) => typeof declared !== 'string'),
    ];
    for (const declared of declarations) yield* checkDeclaration(declared, context);
    for (const { step } of context.steps) {
      for (const evidence of step.evidence ?? [])
        if (evidence.choice !== undefined && evidence.options === undefined) yield* withoutOptions(evidence, 'choice', context);
    }
  },
};

function* checkDeclaration(declared: Declared, context: StepContext): Generator<Finding> {
  if (declared.type === 'choice' && declared.options === undefined) yield* withoutOptions(declared, 'type', context);
  if (declared.default === undefined) return;
  const wrong = checkValue(withScheme(declared, context.runbook), declared.default);
  const range = context.document.positions.value(declared, 'default');
  if (wrong === undefined || range === undefined) return;
  const written = context.document.text.slice(range.start, range.end);
  const quoted = checkValue(withScheme(declared, context.runbook), written) === undefined && written !== declared.default;
  const fix = { title: 'Put the value in quotes', edits: [{ range, text: quoteYaml(written) }] };
  yield { range, message: `"${String(declared.default)}" ${wrong}`, ...(quoted && !/^["'|>*]/.test(written) ? { fix } : {}) };
}

function withScheme({ type = 'string', scheme, options, pattern }: Declared, runbook: Declarations): DeclaredValue {
  const schemePattern = scheme === undefined ? undefined : runbook.versions?.[scheme]?.pattern;
  return {
    type,
    ...(schemePattern === undefined ? {} : { schemePattern }),
    ...(options === undefined ? {} : { options }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function* withoutOptions(declared: object, key: string, { document }: StepContext): Generator<Finding> {
  const range = document.positions.value(declared, key);
  if (range !== undefined) yield { range, message: 'a choice needs something to choose from; add "options"' };
}
