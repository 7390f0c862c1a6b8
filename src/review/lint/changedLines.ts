/** How many lines may differ before a text counts as rewritten and single lines are no longer told apart. */
const MOST_DIFFERENCES = 1_500;

/**
 * Which lines of a text, from 1, are not in the one before, with the neighbours of lines that were taken out: what stood there is gone, and the
 * reader looks for it there. Line ends do not count. Takes time in proportion to the length and to the differences, which are limited.
 */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const changed = new Set<number>();
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  for (const { kind, at } of difference(a, b)) {
    if (kind === 'added') changed.add(head + at + 1);
    else for (const line of [head + at, head + at + 1]) if (line >= 1 && line <= now.length) changed.add(line);
  }
  return changed;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

interface Edit {
  readonly kind: 'added' | 'removed';
  /** In the new text: the line that was added, or the line before which one was taken out. */
  readonly at: number;
}

/** The shortest way from one list of lines to the other, found by going as far as possible with ever more differences (Myers 1986). */
function difference(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const most = Math.min(a.length + b.length, MOST_DIFFERENCES);
  const middle = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  for (let count = 0; count <= most; count++) {
    steps.push(reach.slice(middle - count - 1, middle + count + 2));
    for (let k = -count; k <= count; k += 2) {
      const down = k === -count || (k !== count && (reach[middle + k - 1] as number) < (reach[middle + k + 1] as number));
      let x = down ? (reach[middle + k + 1] as number) : (reach[middle + k - 1] as number) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return wayBack(steps, a.length, b.length);
    }
  }
  const known = new Set(a);
  return b.flatMap((line, at) => (known.has(line) ? [] : [{ kind: 'added', at } as const]));
}

/** Follows the differences from the end to the start. `steps[n]` holds how far each diagonal from -n-1 to n+1 had come before the n-th. */
function wayBack(steps: readonly Int32Array[], fromX: number, fromY: number): readonly Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [fromX, fromY];
  for (let count = steps.length - 1; count > 0; count--) {
    const reach = steps[count] as Int32Array;
    const at = (k: number): number => reach[k + count + 1] as number;
    const k = x - y;
    const down = k === -count || (k !== count && at(k - 1) < at(k + 1));
    const before = down ? k + 1 : k - 1;
    x = at(before);
    y = x - before;
    edits.push(down ? { kind: 'added', at: y } : { kind: 'removed', at: y });
  }
  return edits;
}
