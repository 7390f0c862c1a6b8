import type { Step } from '../../schema/generated/runbook.js';
import { changes, effectsOf, waysOf } from '../acts.js';
import { flowOf, mayShareHosts } from '../flow.js';
import type { FlowStep } from '../flow.js';
import { keyRange } from '../keyRange.js';
import type { Finding, LintContext, Rule } from '../rule.js';

/** What is to be so before anything is done. */
const BEFOREHAND =
  /\bbacked up\b|\bbackups? (?:is|are|exists?|has|have)\b|\bha(?:ve|s) (?:been )?read\b|\bapprov\w+|\b(?:am|is|are) ready\b|\bwindow is open\b/i;
/** A look back at what was done. */
const AFTERWARDS = /\b(?:result|outcome|accept\w*|finished|successful\w*|afterwards|log)\b/i;
const IRREVOCABLE = new Set(['upgrade', 'destroy', 'boot']);

export const gateAfterEffect: Rule = {
  id: 'gate-after-effect',
  family: 'order',
  severity: 'warning',
  rationale: 'A question that is asked when the answer can no longer change anything guards nothing.',
  cites: ['capability 60'],
  *check(context) {
    const flow = flowOf(context);
    for (const [index, entry] of flow.entries()) {
      if (entry.document !== context.document || entry.section === 'finally') continue;
      yield* tooLate(entry, index, flow, context);
      yield* guardsNothing(entry, index, flow, context);
    }
  },
};

function* tooLate(entry: FlowStep, index: number, flow: readonly FlowStep[], { runbook, document }: LintContext): Generator<Finding> {
  const said = attestOf(entry.step);
  if (said === undefined) return;
  const guarded = (other: FlowStep): boolean =>
    effectsOf(other.step).some((effect) => IRREVOCABLE.has(effect)) && mayShareHosts(runbook, entry.roles, other.roles);
  const before = flow.slice(0, index).find(guarded);
  if (before === undefined || flow.slice(index + 1).some(guarded)) return;
  const range = keyRange(document, entry.step, 'evidence', 'methods', 'manual');
  if (range === undefined) return;
  yield { range, message: `"${said}" is asked for after "${nameOf(before.step)}", which it is meant to guard; move this step before it` };
}

function* guardsNothing(entry: FlowStep, index: number, flow: readonly FlowStep[], { document }: LintContext): Generator<Finding> {
  if (waysOf(entry.step).every((way) => way.approver === undefined)) return;
  const range = keyRange(document, entry.step, 'approver', 'methods');
  const changing = (other: FlowStep): boolean => changes(other.step) || effectsOf(other.step).length > 0;
  if (range === undefined || !flow.slice(0, index).some(changing) || flow.slice(index + 1).some(changing)) return;
  yield { range, message: 'another person is asked, and nothing changes any more after this; move the step before what it is to allow' };
}

function attestOf(step: Step): string | undefined {
  const attested = waysOf(step).flatMap((way) =>
    way.manual === undefined ? [] : (way.evidence ?? []).flatMap(({ attest }) => attest ?? []),
  );
  return attested.find((text) => BEFOREHAND.test(text) && !AFTERWARDS.test(text));
}

function nameOf(step: Step): string {
  return step.title ?? step.id ?? 'a step that changes something';
}
