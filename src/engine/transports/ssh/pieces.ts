const PIECE = 32 * 1024;
const AT_ONCE = 16;

/**
 * Moves the bytes from `start` up to `end` in pieces, some of them under way at one time, begun in order. `begin` may wait for what must
 * stay in order, and resolves with the way to wait for the rest. The first error ends it, when the others under way are over.
 */
export async function inPieces(
  start: number,
  end: number,
  begin: (position: number, length: number) => Promise<() => Promise<void>>,
): Promise<void> {
  const under = new Set<Promise<void>>();
  const errors: unknown[] = [];
  for (let position = start; position < end && errors.length === 0; position += PIECE) {
    try {
      const rest = await begin(position, Math.min(PIECE, end - position));
      const moved = rest()
        .catch((error: unknown) => void errors.push(error))
        .finally(() => under.delete(moved));
      under.add(moved);
    } catch (error) {
      errors.push(error);
    }
    if (under.size >= AT_ONCE) await Promise.race(under);
  }
  await Promise.all(under);
  if (errors.length > 0) throw errors[0];
}
