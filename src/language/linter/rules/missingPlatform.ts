import { roleLineage } from '../../expressions/index.js';
import type { Script } from '../../schema/generated/runbook.js';
import { quotedList } from '../../text/nearest.js';
import type { Range } from '../../text/range.js';
import { keyRange } from '../keyRange.js';
import type { Finding, StepContext, Rule } from '../rule.js';
import type { Surroundings } from '../walk.js';

export const missingPlatform: Rule = {
  id: 'missing-platform',
  scope: 'step',
  family: 'portability',
  severity: 'error',
  rationale: 'A role that may have hosts of a platform needs a script for it.',
  cites: ['capability 86', 'capability 87'],
  *check(context) {
    const { steps, texts, document } = context;
    const ofSteps = new Set<object>();
    for (const { step, around } of steps) {
      if (typeof step.run !== 'object') continue;
      ofSteps.add(step.run);
      if (isForOne(step.when ?? around.owner?.step.when ?? '', step.run)) continue;
      yield* missing(step.run, around, document.positions.key(step, 'run'), context);
    }
    for (const { script, container, key, around } of texts) {
      if (script && /^(?:linux|macos|windows)$/.test(String(key)) && !ofSteps.has(container))
        yield* missing(container, around, keyRange(document, container, ...Object.keys(container)), context);
    }
  },
};

function* missing(
  scripts: Exclude<Script, string>,
  { from, hostRoles }: Surroundings,
  range: Range | undefined,
  { runbook }: StepContext,
): Generator<Finding> {
  if (from === 'local' || range === undefined) return;
  for (const role of from === undefined ? (hostRoles ?? []) : [from]) {
    const declared = roleLineage(runbook, role).flatMap((ancestor) => runbook.roles?.[ancestor]?.platforms ?? []);
    const platforms = declared.length > 0 ? [...new Set(declared)] : ['linux'];
    const without = platforms.filter((platform) => !Object.hasOwn(scripts, platform));
    if (without.length > 0)
      yield { range, message: `role "${role}" also knows ${quotedList(without)}, and there is no script for it; add one` };
  }
}

/** The condition lets only hosts of one platform through, and there is a script for that one. */
function isForOne(when: string, scripts: Exclude<Script, string>): boolean {
  const platform = /^\s*host\s*\.\s*platform\s*==\s*["'](\w+)["']\s*(?:&&(?!.*\|\|)|$)/s.exec(when)?.[1];
  return platform !== undefined && Object.hasOwn(scripts, platform);
}
