import { roleLineage } from '../../expressions/index.js';
import type { Script } from '../../schema/generated/runbook.js';
import { quotedList } from '../../text/nearest.js';
import type { Rule } from '../rule.js';

export const missingPlatform: Rule = {
  id: 'missing-platform',
  severity: 'error',
  rationale: 'A role that may have hosts of a platform needs a script for it.',
  *check({ steps, runbook, document }) {
    const platformsOf = (role: string): readonly string[] => {
      const declared = roleLineage(runbook, role).flatMap((ancestor) => runbook.roles?.[ancestor]?.platforms ?? []);
      return declared.length > 0 ? [...new Set(declared)] : ['linux'];
    };
    for (const { step, around } of steps) {
      const script: Script | undefined = step.run;
      const range = document.positions.key(step, 'run');
      if (script === undefined || typeof script === 'string' || range === undefined || around.from === 'local') continue;
      const roles = around.from === undefined ? (around.hostRoles ?? []) : [around.from];
      for (const role of roles) {
        const missing = platformsOf(role).filter((platform) => !Object.hasOwn(script, platform));
        if (missing.length > 0)
          yield { range, message: `role "${role}" also knows ${quotedList(missing)}, and there is no script for it; add one` };
      }
    }
  },
};
