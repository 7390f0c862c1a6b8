import type { GateAnswer } from '../../events/index.js';
import type { Evidence } from '../../language/index.js';
import { typedValue } from '../../planner/index.js';
import type { PlainValue } from '../../planner/index.js';
import type { Action } from './action.js';
import { failed, specOf } from './action.js';

/** `manual`: a person acts and gives evidence. */
export const manual: Action = {
  async perform(context) {
    const { spec } = context.step;
    const text = await context.renderText(specOf(context, 'manual'));
    const open = spec.open === undefined ? undefined : await context.renderText(spec.open);
    const { answer, by } = await context.ask({
      kind: 'manual',
      text,
      ...(open === undefined ? {} : { open }),
      ...(spec.expect === undefined ? {} : { expect: await context.renderText(spec.expect) }),
      ...(spec.figure === undefined ? {} : { figure: spec.figure }),
      evidence: await context.evidenceRequests(),
      otherPerson: spec.approver === 'other_person',
      optional: context.step.optional,
    });
    return resultOf(answer, by, context.step.evidence);
  },
  recover: () => Promise.resolve({ kind: 'again', why: 'The person is asked again.' }),
};

function resultOf(answer: GateAnswer, by: string, wanted: readonly Evidence[]): Awaited<ReturnType<Action['perform']>> {
  if (answer.kind === 'skip') return { kind: 'skipped', why: answer.why, by };
  if (answer.kind !== 'done') return failed('operator', 'The person did not confirm it.');
  const values: Record<string, PlainValue> = {};
  for (const given of answer.evidence) {
    const field = wanted.find((candidate) => (candidate.value ?? candidate.choice ?? candidate.file) === given.id);
    if (field !== undefined) values[given.id] = typedValue(given.value, field.type);
  }
  return { kind: 'done', evidence: answer.evidence, values, by };
}
