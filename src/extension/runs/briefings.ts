import type { RunState } from '../../events/index.js';
import { NOTHING_LIVE, renderKnown } from '../../planner/index.js';
import type { ExpressionPlace, LiveValues } from '../../planner/index.js';
import { factKey } from '../../events/index.js';
import { progressOf, stepsIn, targetsOf } from '../../protocol/index.js';
import type { Briefing, PlanStep } from '../../protocol/index.js';

/** What a person should know about the steps that are under way, with the values that are known now filled in. */
export function briefingsOf(state: RunState): readonly Briefing[] {
  return progressOf(state).current.map((step) => briefingOf(step, state));
}

function briefingOf(step: PlanStep, state: RunState): Briefing {
  const { spec } = step;
  const render = renderer(step, state);
  return {
    step: step.path,
    notes: (spec.notes ?? []).map((note) => ({
      severity: note.severity,
      text: render(note.text),
      ...(note.link === undefined ? {} : { link: note.link }),
    })),
    ...(spec.impact === undefined ? {} : { impact: render(spec.impact) }),
    ...(spec.expect === undefined ? {} : { expect: render(spec.expect) }),
    watch: (spec.watch ?? [])
      .filter(({ when }) => when === undefined || render(`\${{ ${when} }}`) === 'true')
      .map(({ title, open }) => ({ title, href: render(open) })),
  };
}

/** Texts are rendered for the host the step is at work on, or for none where it is at work on several. */
function renderer(step: PlanStep, state: RunState): (text: string) => string {
  const scope = state.plan.scopes[step.scope];
  if (scope === undefined) return (text) => text;
  const busy = Object.entries(targetsOf(state, step)).filter(([, { status }]) => status === 'running' || status === 'waiting');
  const keys = busy.length > 0 ? busy.map(([key]) => key) : step.targets.map(({ key }) => key);
  const about = keys.length === 1 ? step.targets.find(({ key }) => key === keys[0])?.about : undefined;
  const host = about?.length === 1 ? about[0] : undefined;
  const place: ExpressionPlace = { scope, hosts: state.plan.hosts, hostRoles: step.hostRoles, host };
  const live: LiveValues = {
    ...NOTHING_LIVE,
    fact: (of, name, named) => state.facts[factKey(of, name, named)],
    step: (id, name) => valueOf(state, step, id, name),
  };
  return (text) => renderKnown(text, place, live);
}

/** A value another step has left: the nearest step of that id, looking outwards. */
function valueOf(state: RunState, step: PlanStep, id: string, name: string): string | number | boolean | undefined {
  const steps = stepsIn(state.plan.steps);
  const parts = step.path.split('/').slice(0, -1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const path = [...parts.slice(0, depth), id].join('/');
    const found = steps.find((candidate) => candidate.path === path);
    if (found !== undefined)
      return Object.values(targetsOf(state, found))
        .map(({ values }) => values[name])
        .find((value) => value !== undefined);
  }
  return undefined;
}
