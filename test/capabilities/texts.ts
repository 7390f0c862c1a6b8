import assert from 'node:assert/strict';
import { commandOf } from '../../src/engine/steps/commandOf.js';
import type { Command } from '../../src/engine/transports/transport.js';
import type { Platform } from '../../src/language/index.js';
import { evaluate, NOTHING_LIVE, render } from '../../src/planner/index.js';
import type { ExpressionPlace, Plan, PlanStep, PlainValue } from '../../src/planner/index.js';

/** Text of a step as it reads for its first host, with what is known while planning. */
export function textIn(plan: Plan, step: PlanStep, text: PlainValue | undefined): PlainValue {
  assert.ok(text !== undefined, `${step.path} has no such text`);
  return render(text, placeIn(plan, step), NOTHING_LIVE);
}

/** The command that a `run` step sends to its first host, were that of a platform. */
export function commandIn(plan: Plan, step: PlanStep, platform: Platform): Promise<Command> {
  const { run } = step.spec;
  assert.ok(run !== undefined, `${step.path} runs nothing`);
  const place = placeIn(plan, step);
  return commandOf(
    { ...step.spec, run },
    {
      platform,
      render: (text) => Promise.resolve(render(text, place, NOTHING_LIVE)),
      condition: (cel) => Promise.resolve(evaluate(cel, place, NOTHING_LIVE) === true),
      secret: (name) => Promise.reject(new Error(`nobody has ${name}`)),
    },
  );
}

function placeIn(plan: Plan, step: PlanStep): ExpressionPlace {
  const scope = plan.scopes[step.scope];
  assert.ok(scope, `${step.path} has a scope`);
  return { scope, hosts: plan.hosts, hostRoles: step.hostRoles, host: step.targets[0]?.about[0] };
}
