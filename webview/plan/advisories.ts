import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { webLink } from './link.js';
import { section } from './section.js';

/** Every remark of the vendor: whether it applies here, and why. */
export function advisoriesView(context: PlanContext): ElementNode | undefined {
  const { sheet, post } = context;
  if (sheet.advisories.length === 0) return undefined;
  return section(
    'advisories',
    'Advisories',
    context,
    String(sheet.advisories.length),
    h(
      'ul',
      { class: 'list' },
      sheet.advisories.map(({ id, severity, title, verdicts, text, link, source }) =>
        h(
          'li',
          { key: id },
          h('h3', {}, `${severity}: ${title}`),
          verdicts.map((one) => h('p', { key: one.text, class: `verdict-${one.verdict}` }, one.text)),
          text !== undefined && h('p', {}, text),
          (link !== undefined || source !== undefined) &&
            h('p', { class: 'hint' }, link === undefined ? '' : webLink(link, post), source === undefined ? '' : ` ${source}`),
        ),
      ),
    ),
  );
}
