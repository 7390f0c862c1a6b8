import { placesOf, stepsIn, targetsOf } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { markdown } from '../markdown/markdown.js';
import { formatTime } from '../text/duration.js';
import type { ViewContext } from './context.js';
import { icon } from './icon.js';

/** What cannot be taken back, done and still to come. */
export function pointsOfNoReturn({ state }: ViewContext): ElementNode | undefined {
  const steps = stepsIn(state.plan.steps).filter((step) => step.spec.irreversible !== undefined);
  if (steps.length === 0) return undefined;
  const items = steps.map((step) => {
    const done = Object.entries(targetsOf(state, step)).filter(([, target]) => target.status === 'succeeded');
    const where = done.map(([key]) => key).filter((key) => key !== '-');
    const status = done.length === 0 ? 'still to come' : where.length === 0 ? 'done' : `done on ${where.join(', ')}`;
    return h(
      'li',
      { key: step.path, class: done.length > 0 ? 'done' : '' },
      icon(done.length > 0 ? 'succeeded' : 'pending'),
      h('strong', {}, step.title),
      placesOf(step),
      ` — ${status}. `,
      h('span', { class: 'hint' }, step.spec.irreversible ?? ''),
    );
  });
  return h(
    'section',
    { key: 'no-return', class: 'no-return', 'aria-label': 'What cannot be taken back' },
    h('h2', {}, 'Cannot be taken back'),
    h('ul', {}, items),
  );
}

/** Remarks about the run: the author's, then the engine's, then what was decided. */
export function remarks({ state, post }: ViewContext): ElementNode | undefined {
  const open = (href: string): void => post({ type: 'open_link', run: state.run, href });
  const notes = state.plan.notes.map((note) =>
    h(
      'div',
      { class: `note severity-${note.severity}` },
      h('p', { class: 'label' }, note.severity),
      h('div', { class: 'prose' }, markdown(note.text, open)),
    ),
  );
  const said = state.remarks.map((remark) =>
    h('li', { class: `remark-${remark.severity}` }, h('span', { class: 'hint' }, formatTime(remark.at)), ` ${remark.text}`),
  );
  const broken = state.invariants
    .filter(({ verdict }) => verdict !== 'holds')
    .map((invariant) =>
      h(
        'li',
        { class: 'remark-warning' },
        h('span', { class: 'hint' }, formatTime(invariant.at)),
        ` ${state.plan.invariants[invariant.index]?.title ?? 'Invariant'}: ${invariant.text}`,
      ),
    );
  const excluded = Object.entries(state.hosts).flatMap(([host, { excluded: out }]) =>
    out === undefined ? [] : [h('li', { class: 'remark-warning' }, `${host} was left out by ${out.by}: ${out.why}`)],
  );
  if (notes.length + said.length + broken.length + excluded.length === 0) return undefined;
  return h(
    'section',
    { key: 'remarks', class: 'remarks', 'aria-label': 'Remarks' },
    h('h2', {}, 'Remarks'),
    notes,
    h('ul', {}, broken, excluded, said),
  );
}
