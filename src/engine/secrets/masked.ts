declare const throughTheMask: unique symbol;

/** What has been through the mask and may be shown or kept. Only {@link Masker} and its streams make it; sinks take nothing else. */
export type Masked<T> = T & { readonly [throughTheMask]: true };

/** Marks what the mask lets out. For the mask alone. */
export function markMasked<T>(value: T): Masked<T> {
  return value as Masked<T>;
}
