import { planText } from '../../cli/reporters/planText.js';
import { reportOf } from '../../planner/index.js';
import type { Draft } from '../../planner/index.js';

/** Characters in a line of an editor that stands beside another one. */
const WIDTH = 100;

/** A draft as the command line shows it; where there is no plan, why. `now`: milliseconds since 1970. */
export function previewText(draft: Draft, now: number): string {
  const { plan } = draft;
  if (plan !== undefined) return planText(reportOf({ ...draft, plan }, { now }), { color: false, width: WIDTH });
  return [
    'There is no plan yet:',
    ...draft.problems.map(({ file, diagnostic }) => `  ${file.split('/').at(-1) ?? file}: ${diagnostic.message}`),
    '',
  ].join('\n');
}
