import type { Rule } from '../rule.js';
import { changeIn } from '../shell/changes.js';
import { scriptsIn } from '../shell/scripts.js';

export const changingProbe: Rule = {
  id: 'changing-probe',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale:
    'A probe is asked again and again, by facts before anything was approved and once more when a run is resumed: it must change nothing.',
  cites: ['threat T33'],
  *check(context) {
    for (const script of scriptsIn(context)) {
      // What a probe writes into a temporary file of its own is gone afterwards.
      if (!script.asks || /\bmktemp\b|New-TemporaryFile/.test(script.bare)) continue;
      for (const command of script.commands) {
        const what = changeIn(command, script.dialect === 'powershell');
        if (what !== undefined)
          yield {
            range: script.rangeOf(command.range),
            message: `"${what}" changes something, and a probe only asks; do it in a step of its own, and ask here whether it is done`,
          };
      }
    }
  },
};
