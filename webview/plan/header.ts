import type { PlanSheet } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { webLink } from './link.js';
import { pairs } from './pairs.js';
import { section } from './section.js';

/** Characters of the digest that are shown; all of it is in the tooltip. */
const SHORT_DIGEST = 12;

/** What is planned, on which environment, and what to know before anything else. */
export function headerView({ sheet, post }: PlanContext): ElementNode {
  const { title, environment, production, inventory, onlyOne, digest, settled, warnings, notes } = sheet;
  return h(
    'header',
    { key: 'header', class: 'head' },
    h(
      'div',
      { class: 'headline' },
      h('h1', {}, title),
      h(
        'span',
        { class: production ? 'environment production' : 'environment', title: 'Environment' },
        production ? `PRODUCTION · ${environment}` : environment,
      ),
    ),
    h(
      'p',
      { class: 'hint' },
      `${inventory}${onlyOne ? ', the only inventory beside the runbook' : ''} · digest `,
      h('code', { title: digest }, digest.slice(0, SHORT_DIGEST)),
      settled ? '' : ' · a draft: not everything is known yet',
    ),
    h(
      'nav',
      { class: 'jumps', 'aria-label': 'Parts of the plan' },
      jumps(sheet).map(([id, name]) => h('button', { type: 'button', class: 'button', on: { click: () => jumpTo(id) } }, name)),
      h('span', { class: 'spring' }),
      h('button', { type: 'button', class: 'button', on: { click: () => post({ type: 'choose_inventory' }) } }, 'Choose inventory'),
      sheet.asText && h('button', { type: 'button', class: 'button', on: { click: () => post({ type: 'as_text' }) } }, 'Plan as text'),
    ),
    warnings.length > 0 &&
      h(
        'ul',
        { class: 'warnings', 'aria-label': 'Warnings' },
        warnings.map((text) => h('li', { class: 'tone-caution' }, text)),
      ),
    notes.length > 0 &&
      h(
        'ul',
        { class: 'notes', 'aria-label': 'Notes' },
        notes.map(({ severity, text, link }) =>
          h(
            'li',
            { class: `severity-${severity}` },
            h('strong', {}, `${severity}: `),
            text.trim(),
            link !== undefined && ' ',
            link !== undefined && webLink(link, post),
          ),
        ),
      ),
  );
}

/** What one wants to know first. */
export function summaryView(context: PlanContext): ElementNode {
  return section('summary', 'In short', context, undefined, pairs(context.sheet.summary));
}

/** The long parts, as far as there is something in them. */
function jumps({ advisories, orders, timeline, times, sections }: PlanSheet): readonly (readonly [id: string, name: string])[] {
  return [
    ...(advisories.length > 0 ? [['advisories', 'Advisories'] as const] : []),
    ...(orders.length > 0 ? [['orders', 'Order'] as const] : []),
    ...(timeline.length + times.length > 0 ? [['timeline', 'Timeline'] as const] : []),
    ...sections.map(({ title }, index) => [`steps-${String(index)}`, title] as const),
  ];
}

function jumpTo(id: string): void {
  const heading = document.getElementById(`heading-${id}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
