export type { Briefing, FromPanel, ToPanel } from './messages.js';
export { asLeft } from './asLeft.js';
export { begunAgain } from './begunAgain.js';
export { gateDigest } from './gateDigest.js';
export { readFromPanel } from './readFromPanel.js';
export { readToPanel } from './readToPanel.js';
export {
  isOver,
  placesOf,
  progressOf,
  splitQuestion,
  standingOf,
  standingOfNode,
  stepsIn,
  stepAt,
  targetsOf,
  titlesOf,
} from './progress.js';
export type { PlanGroup, PlanNode, PlanStep, Progress, Standing } from './progress.js';
export type { FromPlanPage, NoPlan, ToPlanPage } from './plan/messages.js';
export { readFromPlanPage } from './plan/readFromPlanPage.js';
export { readToPlanPage } from './plan/readToPlanPage.js';
export type * from './plan/sheet.js';
