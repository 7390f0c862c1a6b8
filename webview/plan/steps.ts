import type { PlanSheet, SheetGroup, SheetRow } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import type { ElementNode } from '../dom/node.js';
import type { PlanContext } from './context.js';
import { moveFocus } from './keyboard.js';
import { counted, isOpen, rowView, turnRow } from './row.js';
import { section } from './section.js';

/** The steps in the order in which they are carried out, in sections. One tab stop for each section; the arrow keys go through its rows. */
export function stepsView(context: PlanContext): readonly ElementNode[] {
  const { sheet, memory } = context;
  return sheet.sections.map(({ title, rows }, index) => {
    const shown = shownRows(rows, (group) => isOpen(group, context));
    const active = shown.some(({ path }) => path === memory.active) ? memory.active : shown[0]?.path;
    return section(
      `steps-${String(index)}`,
      title,
      context,
      counted(rows.filter(({ kind }) => kind === 'step').length),
      h(
        'ul',
        { class: 'rows', 'aria-label': title, on: { keydown: (event) => onKey(event, context) } },
        shown.map((row) => rowView(row, row.path === active, context)),
      ),
    );
  });
}

/** Paths of the groups a row stands in. */
export function ancestorsOf({ sections }: PlanSheet, path: string): readonly string[] {
  for (const { rows } of sections) {
    const at = rows.findIndex((row) => row.path === path);
    if (at === -1) continue;
    const found: string[] = [];
    let depth = rows[at]?.depth ?? 0;
    for (let index = at - 1; index >= 0 && depth > 0; index--) {
      const row = rows[index];
      if (row?.kind !== 'group' || row.depth >= depth) continue;
      found.push(row.path);
      depth = row.depth;
    }
    return found;
  }
  return [];
}

/** The button of a row, if it is shown. */
export function rowElement(path: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('button.row')].find((element) => element.dataset['path'] === path);
}

function shownRows(rows: readonly SheetRow[], isOpenGroup: (group: SheetGroup) => boolean): readonly SheetRow[] {
  const shown: SheetRow[] = [];
  let closedAt = Infinity;
  for (const row of rows) {
    if (row.depth > closedAt) continue;
    closedAt = row.kind === 'group' && !isOpenGroup(row) ? row.depth : Infinity;
    shown.push(row);
  }
  return shown;
}

function onKey(event: Event, context: PlanContext): void {
  if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
  const { sheet, memory, redraw } = context;
  const button = event.target instanceof HTMLElement ? event.target.closest('li')?.querySelector<HTMLElement>('button.row') : undefined;
  const row = sheet.sections.flatMap(({ rows }) => rows).find(({ path }) => path === button?.dataset['path']);
  if (row === undefined || button === undefined || button === null) return;
  const open = isOpen(row, context);
  if (event.key === 'ArrowRight' && !open) turnRow(row, true, context);
  else if (event.key === 'ArrowLeft' && open) turnRow(row, false, context);
  else {
    const to = event.key === 'ArrowLeft' ? rowElement(ancestorsOf(sheet, row.path)[0] ?? '') : moveFocus(button, event.key);
    if (to === undefined) return;
    memory.active = to.dataset['path'];
    redraw();
    to.focus();
  }
  event.preventDefault();
}
