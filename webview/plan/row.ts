import type { SheetGroup, SheetRow, SheetStep } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { pairs } from './pairs.js';

/** Plans with more steps begin with their groups closed. */
const FEW = 150;

/** Whether a group shows its steps, or a step its details. */
export function isOpen(row: SheetRow, { sheet, memory }: PlanContext): boolean {
  if (row.kind === 'step') return memory.isOpen(row.path, false);
  const steps = sheet.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  return memory.isOpen(row.path, steps <= FEW);
}

/** A row with what asks for attention; with its details where it is open. Its button leads to the text. */
export function rowView(row: SheetRow, isTabStop: boolean, context: PlanContext): ElementNode {
  const open = isOpen(row, context);
  const isCurrent = context.cursor.includes(row.path);
  const turn = (): void => turnRow(row, !open, context);
  const label = row.kind === 'group' ? 'Steps' : 'Details';
  return h(
    'li',
    {
      key: row.path,
      class: `${row.kind} depth-${String(Math.min(row.depth, 6))}${isCurrent ? ' current' : ''}${isLeftOut(row) ? ' left-out' : ''}`,
    },
    h(
      'div',
      { class: 'line' },
      h(
        'button',
        {
          type: 'button',
          class: 'twistie',
          tabindex: '-1',
          'aria-expanded': String(open),
          'aria-label': `${label} of ${row.title}`,
          on: { click: turn },
        },
        open ? '▾' : '▸',
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'row',
          'data-path': row.path,
          tabindex: isTabStop ? '0' : '-1',
          'aria-current': isCurrent && 'step',
          title: `Show line ${String(row.place.line)} of ${row.place.file}`,
          on: { click: () => reveal(row, context) },
        },
        row.kind === 'group' ? groupLine(row) : stepLine(row),
      ),
    ),
    remarksView(row, open),
    row.kind === 'step' && open && details(row, context),
  );
}

function isLeftOut(row: SheetRow): boolean {
  return row.kind === 'step' && row.leftOut;
}

function groupLine({ title, steps }: SheetGroup): readonly ElementNode[] {
  return [h('span', { class: 'title' }, title), h('span', { class: 'hint' }, counted(steps))];
}

function stepLine({ number, title, where, estimate }: SheetStep): readonly ElementNode[] {
  return [
    h('span', { class: 'number' }, String(number)),
    h('span', { class: 'title' }, title),
    h('span', { class: 'where' }, where),
    h('span', { class: 'time' }, estimate === undefined ? '' : `~${estimate}`),
  ];
}

/** What asks for attention is always seen; what only explains is among the details. */
function remarksView(row: SheetRow, open: boolean): ElementNode | false {
  const remarks = row.remarks.filter(({ tone }) => open || tone !== 'quiet' || row.kind === 'group' || row.leftOut);
  return (
    remarks.length > 0 &&
    h(
      'ul',
      { class: 'remarks' },
      remarks.map(({ tone, text }) => h('li', { class: `tone-${tone}` }, text)),
    )
  );
}

function details(step: SheetStep, { sheet }: PlanContext): ElementNode {
  const hosts = step.hosts === undefined ? undefined : sheet.hostLists[step.hosts];
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['does', [step.action, ...step.effects].join(', ')],
    ['hosts', hosts?.join(', ')],
    ['begins', step.starts],
    ['undo', step.undo === undefined ? undefined : `right after it ${step.undo}`],
    ['used by', step.reachedBy.length === 0 ? undefined : step.reachedBy.join(' → ')],
    ['text', `${step.place.file}:${String(step.place.line)}`],
  ];
  return pairs(
    rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    'details',
  );
}

function reveal({ path, place }: SheetRow, { memory, post, redraw }: PlanContext): void {
  memory.active = path;
  redraw();
  post({ type: 'reveal', file: place.file, line: place.line });
}

/** Opens or closes a row. */
export function turnRow(row: SheetRow, isOpenNow: boolean, { memory, redraw }: PlanContext): void {
  memory.turn(row.path, isOpenNow);
  redraw();
}

/** `1 step`, `3 steps`. */
export function counted(steps: number): string {
  return `${String(steps)} ${steps === 1 ? 'step' : 'steps'}`;
}
