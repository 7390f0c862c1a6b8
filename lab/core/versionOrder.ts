/**
 * Orders two dotted versions by their numbers: negative when `a` is older, 0 when they are equal. A missing part counts as 0.
 */
export function versionOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
