/** Where a key leads from a row: to another row of the same list. Undefined for other keys, and at the ends. */
export function moveFocus(from: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...(from.closest('ul.rows')?.querySelectorAll<HTMLElement>('button.row') ?? [])];
  const at = rows.indexOf(from);
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1];
    case 'ArrowUp':
      return rows[at - 1];
    case 'Home':
      return rows[0];
    case 'End':
      return rows.at(-1);
    default:
      return undefined;
  }
}
