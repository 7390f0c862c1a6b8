import { isOver, progressOf } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { formatDuration, formatEstimate, formatTime } from '../text/duration.js';
import { count, RUN_STATUS, WATCHED_STATUS } from '../text/words.js';
import type { ViewContext } from './context.js';

/** Which run this is, how it stands, and how far it has come. */
export function overview(context: ViewContext): ElementNode {
  const { state, live, elsewhere, now, post } = context;
  const { plan, run } = state;
  const progress = progressOf(state);
  const ended = isOver(state) && state.closedAt !== undefined ? Date.parse(state.closedAt) : now;
  const watched = !live && elsewhere !== undefined && !isOver(state);
  const asleep = !live && !watched && !isOver(state);
  const status = asleep ? 'Not being carried out' : (watched ? WATCHED_STATUS : RUN_STATUS)[state.status];
  return h(
    'header',
    { class: `overview run-${asleep ? 'asleep' : state.status}` },
    h(
      'div',
      { class: 'headline' },
      h('h1', {}, plan.runbook.title),
      h(
        'span',
        { class: plan.environment.production ? 'environment production' : 'environment', title: 'Environment' },
        plan.environment.production ? `PRODUCTION · ${plan.environment.title}` : plan.environment.title,
      ),
    ),
    h(
      'div',
      { class: 'standing' },
      (live || watched) && state.status === 'running' && h('vscode-progress-ring', { class: 'ring', 'aria-hidden': 'true' }),
      h('strong', { class: 'status' }, status),
      h('span', { class: 'steps' }, `${String(progress.done)} of ${count(progress.total, 'step')} done`),
      h('span', { class: 'time' }, `${formatDuration(ended - Date.parse(state.createdAt))} ${isOver(state) ? 'in all' : 'so far'}`),
      !isOver(state) && progress.remainingMs !== undefined && h('span', { class: 'time' }, `${formatEstimate(progress.remainingMs)} to go`),
      h('span', { class: 'spring' }),
      live &&
        !isOver(state) &&
        h('vscode-button', { key: 'stop', appearance: 'secondary', on: { click: () => post({ type: 'stop', run }) } }, 'Stop…'),
      watched &&
        h('vscode-button', { key: 'take', appearance: 'secondary', on: { click: () => post({ type: 'take_over', run }) } }, 'Take over…'),
      !live &&
        !watched &&
        state.status !== 'succeeded' &&
        h('vscode-button', { key: 'resume', appearance: 'primary', on: { click: () => post({ type: 'resume', run }) } }, 'Resume'),
    ),
    h('progress', { class: 'bar', max: String(Math.max(1, progress.total)), value: String(progress.done), 'aria-label': 'Steps done' }),
    h(
      'p',
      { class: 'hint facts' },
      [`Run ${run}`, `by ${state.operator}`, `begun ${formatTime(state.createdAt)}`, only(context)]
        .filter((part) => part !== '')
        .join(' · '),
    ),
    watched && h('p', { class: 'closing' }, `Carried out by ${elsewhere}. This window only watches: what the run asks is answered there.`),
    asleep && h('p', { class: 'closing' }, 'Whoever carried it out is gone. It goes on where its journal ends, once somebody resumes it.'),
    state.closing !== undefined && h('p', { class: 'closing' }, state.closing),
    state.next.length > 0 && h('p', { class: 'closing' }, `Next: ${state.next.join('; ')}`),
  );
}

function only({ state }: ViewContext): string {
  if (state.only !== undefined) return `only ${state.only}`;
  return state.from === undefined ? '' : `from ${state.from}`;
}
