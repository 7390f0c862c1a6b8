import { standingOfNode, stepsIn } from '../../src/protocol/index.js';
import type { PlanNode, Standing } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import { STANDING } from '../text/words.js';
import type { ViewContext } from './context.js';
import { icon } from './icon.js';

const NEEDS_A_LOOK: ReadonlySet<Standing> = new Set(['failed', 'unknown', 'waiting', 'running', 'cancelled']);

/** Phases and steps down, hosts across. A phase that needs a look is open until a person closes it. */
export function grid(context: ViewContext): ElementNode {
  const { state, post } = context;
  const hosts = columns(context);
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col', class: 'what' }, 'Step'),
    hosts.map((host) => {
      const excluded = state.hosts[host]?.excluded !== undefined;
      const open = (event: Event): void => {
        event.preventDefault();
        post({ type: 'open_terminal', run: state.run, host });
      };
      return h(
        'th',
        { scope: 'col', key: host },
        h(
          'a',
          {
            href: '#',
            class: excluded ? 'link excluded' : 'link',
            title: excluded
              ? 'Left out of this run'
              : host === 'local'
                ? 'Performed once, from this machine or by you'
                : 'Open its terminal',
            on: { click: open },
          },
          host === 'local' ? 'once' : host,
        ),
      );
    }),
  );
  const rows = state.plan.steps.flatMap((node) => rowsOf(node, 0, hosts, context));
  return h(
    'section',
    { key: 'grid', class: 'grid', 'aria-label': 'All steps' },
    h('h2', {}, 'All steps'),
    h('div', { class: 'scroll' }, h('table', {}, h('thead', {}, head), h('tbody', {}, rows))),
  );
}

/** Hosts in the order of the inventory, then the operator's machine, as far as steps are about them. */
function columns({ state }: ViewContext): readonly string[] {
  const used = new Set(
    stepsIn(state.plan.steps).flatMap((step) => step.targets.flatMap((target) => (target.about.length > 0 ? target.about : [target.at]))),
  );
  return [...Object.keys(state.plan.hosts).filter((host) => host !== 'local' && used.has(host)), ...(used.has('local') ? ['local'] : [])];
}

function rowsOf(node: PlanNode, depth: number, hosts: readonly string[], context: ViewContext): readonly ElementNode[] {
  const whole = standingOfNode(context.state, node);
  const isOpen = node.kind === 'group' && (context.opened.get(node.path) ?? NEEDS_A_LOOK.has(whole.standing));
  const current = node.kind === 'step' && ['running', 'waiting'].includes(whole.standing);
  const row = h(
    'tr',
    { key: node.path, class: `${node.kind} is-${whole.standing}${current ? ' current' : ''}` },
    h(
      'th',
      { scope: 'row', class: `what depth-${String(Math.min(depth, 5))}` },
      node.kind === 'group' ? toggle(node, isOpen, whole, context) : stepName(node, context),
    ),
    hosts.map((host) => cell(node, host, context)),
  );
  return [row, ...(isOpen ? node.children.flatMap((child) => rowsOf(child, depth + 1, hosts, context)) : [])];
}

function toggle(node: PlanNode, isOpen: boolean, whole: ReturnType<typeof standingOfNode>, { opened, redraw }: ViewContext): ElementNode {
  const turn = (): void => {
    opened.set(node.path, !isOpen);
    redraw();
  };
  return h(
    'button',
    { type: 'button', class: 'toggle', 'aria-expanded': String(isOpen), on: { click: turn } },
    h('span', { class: 'twistie', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'),
    node.title,
    h('span', { class: 'hint' }, `${String(whole.done)}/${String(whole.total)}`),
  );
}

function stepName(node: PlanNode, { state, post }: ViewContext): ElementNode {
  const reveal = (event: Event): void => {
    event.preventDefault();
    post({ type: 'reveal_step', run: state.run, step: node.path });
  };
  return h('a', { href: '#', class: 'step-name', title: 'Show it in the runbook', on: { click: reveal } }, node.title);
}

function cell(node: PlanNode, host: string, { state }: ViewContext): ElementNode {
  const { standing, total } = standingOfNode(state, node, host);
  if (total === 0) return h('td', { key: host, class: 'none' });
  const reason =
    node.kind === 'step'
      ? Object.values(state.steps[node.path] ?? {}).find((target) => target.skipped !== undefined)?.skipped?.text
      : undefined;
  const label = standing === 'skipped' && reason !== undefined ? `${STANDING[standing]}: ${reason}` : STANDING[standing];
  return h('td', { key: host, title: `${host}: ${label}` }, icon(standing, label));
}
