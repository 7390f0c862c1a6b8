/** One stretch of a text that was replaced by another. */
export interface Edit {
  /** Where both texts begin to differ. */
  readonly start: number;
  /** Behind what was replaced, in the text before. */
  readonly oldEnd: number;
  /** Behind what stands there now. */
  readonly newEnd: number;
}

/** Characters that are compared at once. */
const BLOCK = 4096;

/** The smallest single edit that makes one text of another: all between what they begin with and what they end with. */
export function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = sameBlocks(most, (at) => before.startsWith(after.slice(at, at + BLOCK), at));
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const same = sameBlocks(most - start, (at) =>
    before.startsWith(after.slice(after.length - at - BLOCK, after.length - at), before.length - at - BLOCK),
  );
  let oldEnd = before.length - same;
  let newEnd = after.length - same;
  while (oldEnd > start && newEnd > start && before.charCodeAt(oldEnd - 1) === after.charCodeAt(newEnd - 1)) {
    oldEnd--;
    newEnd--;
  }
  return { start, oldEnd, newEnd };
}

/** How many characters the blocks have that are the same, one after the other, from offset 0 on. */
function sameBlocks(most: number, isSame: (at: number) => boolean): number {
  let at = 0;
  while (at + BLOCK <= most && isSame(at)) at += BLOCK;
  return at;
}
