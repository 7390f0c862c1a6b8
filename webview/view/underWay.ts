import { progressOf, targetsOf, titlesOf } from '../../src/protocol/index.js';
import type { Briefing, PlanStep } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { isWebAddress, link, markdown } from '../markdown/markdown.js';
import { formatDuration, formatEstimate } from '../text/duration.js';
import { STANDING } from '../text/words.js';
import type { ViewContext } from './context.js';
import { icon } from './icon.js';

/** The steps under way: where, since when, what to expect, and what does not work meanwhile. */
export function underWay(context: ViewContext): ElementNode | undefined {
  const { current } = progressOf(context.state);
  if (current.length === 0) return undefined;
  return h(
    'section',
    { key: 'now', class: 'under-way', 'aria-label': 'Under way' },
    h('h2', {}, 'Now'),
    current.map((step) => stepNow(step, context)),
  );
}

function stepNow(step: PlanStep, context: ViewContext): ElementNode {
  const { state, post } = context;
  const phases = titlesOf(state, step.path).slice(0, -1);
  const reveal = (event: Event): void => {
    event.preventDefault();
    post({ type: 'reveal_step', run: state.run, step: step.path });
  };
  const briefing = context.briefings.find((candidate) => candidate.step === step.path);
  return h(
    'article',
    { key: step.path, class: 'step-now' },
    h('h3', {}, h('a', { href: '#', class: 'link', title: 'Show it in the runbook', on: { click: reveal } }, step.title)),
    phases.length > 0 && h('p', { class: 'phase' }, phases.join(' › ')),
    h(
      'ul',
      { class: 'places' },
      Object.keys(targetsOf(state, step)).map((key) => place(step, key, context)),
    ),
    briefing !== undefined && briefingView(briefing, context),
  );
}

function place(step: PlanStep, key: string, { state, live, now, post }: ViewContext): ElementNode {
  const target = targetsOf(state, step)[key];
  const attempt = target?.attempts.at(-1);
  const status = target?.status ?? 'pending';
  const since = attempt !== undefined && attempt.ended === undefined ? formatDuration(now - Date.parse(attempt.startedAt)) : '';
  const usually = step.estimateMs === undefined || since === '' ? '' : ` (usually ${formatEstimate(step.estimateMs)})`;
  const host = attempt?.atHost;
  const terminal = (event: Event): void => {
    event.preventDefault();
    if (host !== undefined) post({ type: 'open_terminal', run: state.run, host });
  };
  return h(
    'li',
    { key },
    icon(status),
    h('span', { class: 'host' }, key === '-' ? 'once' : key),
    h(
      'span',
      {},
      STANDING[status],
      since === '' ? '' : ` · ${since}${usually}`,
      (attempt?.number ?? 1) > 1 ? ` · attempt ${String(attempt?.number)}` : '',
    ),
    attempt?.progress !== undefined && attempt.ended === undefined && h('span', { class: 'hint' }, attempt.progress),
    // What a run prints that is carried out elsewhere is shown there.
    live && host !== undefined && h('a', { href: '#', class: 'link', on: { click: terminal } }, 'terminal'),
  );
}

function briefingView(briefing: Briefing, { state, post }: ViewContext): ElementNode {
  const open = (href: string): void => post({ type: 'open_link', run: state.run, href });
  return h(
    'div',
    { class: 'briefing' },
    briefing.impact !== undefined &&
      h(
        'div',
        { class: 'note severity-warning' },
        h('p', { class: 'label' }, 'Meanwhile'),
        h('div', { class: 'prose' }, markdown(briefing.impact, open)),
      ),
    briefing.notes.map((note) =>
      h(
        'div',
        { class: `note severity-${note.severity}` },
        h('p', { class: 'label' }, note.severity),
        h('div', { class: 'prose' }, markdown(note.text, open)),
        note.link !== undefined && isWebAddress(note.link) && h('p', {}, link(note.link, [note.link], open)),
      ),
    ),
    briefing.expect !== undefined &&
      h(
        'div',
        { class: 'expect' },
        h('p', { class: 'label' }, 'What you should see'),
        h('div', { class: 'prose' }, markdown(briefing.expect, open)),
      ),
    briefing.watch.length > 0 &&
      h(
        'p',
        { class: 'watch' },
        'Watch: ',
        ...briefing.watch.flatMap(({ title, href }, index) => [
          index > 0 && ' · ',
          isWebAddress(href) ? link(href, [title], open) : `${title} (${href})`,
        ]),
      ),
  );
}
