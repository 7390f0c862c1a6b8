/**
 * Plain data with one part replaced. Nothing is changed: what is around the part is made anew, everything else is the same.
 * `madeAnew` tells what each of these was before.
 */
export function replacedAt(
  whole: object,
  path: readonly (string | number)[],
  part: object,
): { readonly value: object; readonly madeAnew: ReadonlyMap<object, object> } {
  const madeAnew = new Map<object, object>();
  const replace = (value: unknown, depth: number): object => {
    const key = path[depth];
    if (key === undefined || typeof value !== 'object' || value === null) return part;
    const inner = replace((value as Readonly<Record<string | number, unknown>>)[key], depth + 1);
    const copy: object = Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
    madeAnew.set(value, copy);
    return copy;
  };
  return { value: replace(whole, 0), madeAnew };
}
