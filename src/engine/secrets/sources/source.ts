/** A secret as a runbook declares it. */
export interface DeclaredSecret {
  readonly title: string;
  /** Environment variable it is taken from. */
  readonly env?: string;
}

/** What a secret is for: the ids of the runbook and of the environment. */
export interface SecretPlace {
  readonly runbook: string;
  readonly environment: string;
}

/** A secret that was found, and where: words that may be shown, like `the environment variable DB_PASSWORD`. */
export interface GivenSecret {
  readonly value: string;
  readonly from: string;
}

/**
 * Value of a secret, or undefined when nobody has it. `at_hand` asks only what answers by itself, without a person and without another
 * program. Rejects with a HumanError when a source that should know it fails.
 */
export type SecretGiver = (
  name: string,
  declared: DeclaredSecret,
  asking: 'ask' | 'at_hand',
  place: SecretPlace,
) => Promise<GivenSecret | undefined>;

/** One place secrets come from. */
export interface SecretSource {
  /** It answers by itself: no person is asked and nothing is started. */
  readonly atHand: boolean;
  /** See {@link SecretGiver}. */
  find(name: string, declared: DeclaredSecret, place: SecretPlace): Promise<GivenSecret | undefined>;
}

/** Asks one source after the other; the first that knows the secret gives it. An empty value is none. */
export function inOrder(sources: readonly SecretSource[]): SecretGiver {
  return async (name, declared, asking, place) => {
    for (const source of sources) {
      if (asking === 'at_hand' && !source.atHand) continue;
      const found = await source.find(name, declared, place);
      if (found !== undefined && found.value !== '') return found;
    }
    return undefined;
  };
}

/** A text as programs and files end it: without one line end. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
