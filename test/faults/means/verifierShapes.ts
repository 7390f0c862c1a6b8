type Answer = (permitted: unknown) => void;
type Verifier = (key: Buffer, answer: Answer) => unknown;

/** One way to write the function that the SSH client asks about a key, around a decision. */
export interface VerifierShape {
  readonly name: string;
  /** Whether it says yes, clearly, when the decision is yes. All others must never let anybody in. */
  readonly consents: boolean;
  readonly of: (decide: (key: Buffer) => boolean) => unknown;
}

const verifier = (
  name: string,
  consents: boolean,
  of: (decide: (key: Buffer) => boolean) => Verifier | string | undefined,
): VerifierShape => ({
  name,
  consents,
  of,
});

/** The thirteen ways of which the SSH library lets ten in with any key, and some more; the first three are how consent is given. */
export const VERIFIER_SHAPES: readonly VerifierShape[] = [
  verifier('returns the decision', true, (decide) => (key) => decide(key)),
  verifier('promises the decision', true, (decide) => async (key) => decide(key)),
  verifier('calls back with the decision', true, (decide) => (key, answer) => {
    answer(decide(key));
  }),
  verifier('is missing', false, () => undefined),
  verifier('is no function', false, () => 'yes'),
  verifier('returns null', false, () => () => null),
  verifier('returns nothing', false, () => () => undefined),
  verifier('returns zero', false, () => () => 0),
  verifier('returns an empty text', false, () => () => ''),
  verifier('returns the word of the decision', false, (decide) => (key) => String(decide(key))),
  verifier('returns a number for the decision', false, (decide) => (key) => (decide(key) ? 1 : 0)),
  verifier('returns an object', false, (decide) => (key) => ({ permitted: decide(key) })),
  verifier('returns false', false, () => () => false),
  verifier('throws', false, () => () => {
    throw new Error('no');
  }),
  verifier('promises nothing', false, () => async () => undefined),
  verifier('promises an error', false, () => async () => {
    throw new Error('no');
  }),
  verifier('never settles its promise', false, () => () => new Promise(() => undefined)),
  verifier('calls back with nothing', false, () => (_key, answer) => {
    answer(undefined);
  }),
  verifier('calls back with null', false, () => (_key, answer) => {
    answer(null);
  }),
  verifier('calls back with an error', false, () => (_key, answer) => {
    answer(new Error('no'));
  }),
  verifier('refuses, then changes its mind', false, (decide) => (key, answer) => {
    answer(false);
    answer(decide(key));
    return decide(key);
  }),
];
