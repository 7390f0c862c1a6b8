/** What is changed in a file of an example, after which one rule has something to say. */
export interface Mutation {
  readonly rule: string;
  /** Texts that stand there, and what takes the place of the first occurrence of each. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

/** Mutations of one edit each. */
export function single(rows: readonly (readonly [rule: string, from: string, to: string])[]): readonly Mutation[] {
  return rows.map(([rule, from, to]) => ({ rule, edits: [[from, to]] }));
}

/** A text after all edits; throws where one of them finds nothing to change. */
export function mutated(text: string, { rule, edits }: Mutation): string {
  return edits.reduce((made, [from, to]) => {
    const at = made.indexOf(from);
    if (at < 0) throw new Error(`the mutation for ${rule} does not find ${JSON.stringify(from)}`);
    return made.slice(0, at) + to + made.slice(at + from.length);
  }, text);
}
