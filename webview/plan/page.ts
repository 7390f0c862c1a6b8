import type { FromPlanPage, NoPlan, PlanSheet, ToPlanPage } from '../../src/protocol/index.js';
import { readToPlanPage } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import { patch } from '../dom/patch.js';
import { connectHost } from '../host.js';
import '../styles/page.css';
import '../styles/plan.css';
import { advisoriesView } from './advisories.js';
import type { PlanContext } from './context.js';
import { headerView, summaryView } from './header.js';
import { Memory } from './memory.js';
import { noPlanView } from './noPlan.js';
import { ordersView } from './orders.js';
import { pathView } from './path.js';
import { questionsView } from './questions.js';
import { ancestorsOf, rowElement, stepsView } from './steps.js';
import { timelineView } from './timeline.js';

const host = connectHost<FromPlanPage, ToPlanPage>(readToPlanPage);
const memory = new Memory(host);
const root = document.createElement('main');
const voice = document.createElement('div');
voice.className = 'only-heard';
voice.setAttribute('role', 'status');
document.body.append(voice, root);

let sheet: PlanSheet | undefined;
let without: NoPlan | undefined;
let cursor: readonly string[] | undefined;

function draw(): void {
  if (sheet === undefined && without === undefined) return;
  const isOld = without !== undefined;
  const post = (message: FromPlanPage): void => host.post(message);
  const problems = without === undefined ? [] : [noPlanView(without, sheet, post)];
  patch(root, [
    ...problems,
    ...(sheet === undefined ? [] : [h('div', { key: 'plan', class: isOld ? 'plan old' : 'plan' }, parts(sheet, post))]),
  ]);
}

function parts(shown: PlanSheet, post: PlanContext['post']): ReturnType<typeof h>[] {
  const context: PlanContext = { sheet: shown, cursor: cursor ?? [], memory, post, redraw: draw };
  return [
    headerView(context),
    summaryView(context),
    pathView(context),
    questionsView(context),
    advisoriesView(context),
    ordersView(context),
    timelineView(context),
    ...stepsView(context),
  ].filter((view) => view !== undefined);
}

function receive(message: ToPlanPage): void {
  switch (message.type) {
    case 'plan':
      if (without !== undefined) voice.textContent = 'There is a plan again.';
      memory.about(message.sheet.uri);
      sheet = message.sheet;
      without = undefined;
      draw();
      memory.scrollBack();
      return;
    case 'no_plan':
      if (without?.why !== message.why || without.problems.length !== message.problems.length) voice.textContent = message.why;
      memory.about(message.uri);
      if (sheet?.uri !== message.uri) sheet = undefined;
      without = message;
      draw();
      return;
    case 'cursor':
      follow(message.paths);
  }
}

/** Marks the rows the cursor is in and shows one of them: the one that was used last, else the first. A page that was just opened stays at its begin. */
function follow(paths: readonly string[]): void {
  const before = cursor;
  if (paths.join('\n') === before?.join('\n')) return;
  cursor = paths;
  const [first] = paths;
  if (sheet === undefined || first === undefined || before === undefined) {
    draw();
    return;
  }
  const row = paths.find((path) => path === memory.active) ?? first;
  memory.active = row;
  for (const group of ancestorsOf(sheet, row)) memory.open(group);
  draw();
  rowElement(row)?.scrollIntoView({ block: 'nearest' });
}

host.listen(receive);
host.post({ type: 'ready' });
