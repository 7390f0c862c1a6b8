/** A name whose value nobody knows yet. Unknown is not false: whoever evaluates finds out, or asks. */
export type UnknownName =
  | { readonly kind: 'fact'; readonly name: string; readonly host: string | undefined }
  | { readonly kind: 'step'; readonly id: string; readonly name: string }
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'other'; readonly name: string };

/** Thrown while an expression is evaluated over something unknown. CEL's `&&` and `||` absorb it where the other side decides. */
export class UnknownValue extends Error {
  override readonly name = 'UnknownValue';
  constructor(readonly unknown: UnknownName) {
    super(`${describeUnknown(unknown)} is not known`);
  }
}

/** How a name is written in an expression. */
export function describeUnknown(unknown: UnknownName): string {
  switch (unknown.kind) {
    case 'fact':
      return unknown.host === undefined ? `facts.${unknown.name}` : `${unknown.name} of ${unknown.host}`;
    case 'step':
      return `steps.${unknown.id}.${unknown.name}`;
    case 'secret':
      return `secrets.${unknown.name}`;
    case 'other':
      return unknown.name;
  }
}
