/** One part of a report, before it has a format. Texts come from runbooks, people and hosts: a format makes them harmless. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Says that the report cannot be relied on as it stands. */
  | { readonly kind: 'warning'; readonly text: string }
  /** Several lines, as they were printed. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Every row has as many cells as the head. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
