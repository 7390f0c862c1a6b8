import { hasSeveralHops } from '../../expressions/index.js';
import type { Step } from '../../schema/generated/runbook.js';
import { expressionsIn } from '../expressionsIn.js';
import { flowOf } from '../flow.js';
import { keyRange } from '../keyRange.js';
import { eachStep, sectionsOf } from '../named.js';
import { withoutStrings } from '../namesIn.js';
import { rememberByText } from '../../text/remembered.js';
import type { Finding, LintContext, Rule, StepContext } from '../rule.js';

export const hopOutsidePath: Rule = {
  id: 'hop-outside-path',
  family: 'correctness',
  severity: 'error',
  rationale: 'Where there is no hop, or more than one, nobody can say which versions are meant.',
  cites: ['capability 26', 'capability 29'],
  scope: 'step',
  check: hopsNamed,
  whole: groups,
};

/** Where an expression speaks of a hop, within it. */
export const hopsIn: (cel: string) => readonly { readonly start: number; readonly end: number }[] = rememberByText((cel) =>
  [...withoutStrings(cel).matchAll(/(?<![\w.])(?:hop(?=\s*\.)|crosses(?=\s*\())/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  })),
);

function* hopsNamed(context: StepContext): Generator<Finding> {
  const advice =
    context.runbook.upgrade === undefined
      ? 'there is no upgrade path in this runbook; declare it under "upgrade"'
      : 'the path may have several hops, and this is about none of them; move it into the group with "per_hop: true"';
  for (const expression of expressionsIn(context)) {
    if (expression.place.around.hop) continue;
    for (const part of hopsIn(expression.cel)) yield { range: expression.rangeOf(part), message: advice };
  }
}

function* groups(context: LintContext): Generator<Finding> {
  const { runbook, document } = context;
  const all = [...new Set(sectionsOf(runbook).flatMap((section) => [...eachStep(section)]))].filter((step) => step.per_hop === true);
  const at = (step: Step): Finding['range'] => keyRange(document, step, 'per_hop') ?? { start: 0, end: 0 };
  const upgrade = runbook.upgrade;
  if (upgrade === undefined) {
    for (const step of all)
      yield { range: at(step), message: 'there is no upgrade path in this runbook; declare it under "upgrade", or remove "per_hop"' };
    return;
  }
  for (const step of all.filter(({ serial }) => serial !== undefined))
    yield {
      range: keyRange(document, step, 'serial') ?? at(step),
      message:
        'a group for each hop is done on all its hosts, not batch by batch; put "serial" on the steps in it, or on a group around it',
    };
  const range = keyRange(document, upgrade, 'stops');
  if (all.length === 0 && hasSeveralHops(runbook) && range !== undefined)
    yield {
      range,
      message: 'with these stops the path may have several hops, and no group is done for each; mark one with "per_hop: true"',
    };
  const [first, ...more] = all;
  for (const step of more)
    yield {
      range: at(step),
      message: 'there is already a group that is done for each hop; put these steps into it',
      ...(first === undefined ? {} : { related: [{ file: document.file, range: at(first), message: 'the group' }] }),
    };
  if (first === undefined) return;
  const places = flowOf(context).filter(({ step }) => step === first);
  if (places.length > 1)
    yield { range: at(first), message: 'the hops would be gone through once for each use of these steps; use them in one place only' };
  else if (places.some(({ section }) => section !== 'steps'))
    yield { range: at(first), message: 'hops are gone through in "steps"; move the group there' };
}
