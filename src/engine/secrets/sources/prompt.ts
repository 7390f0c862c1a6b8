import type { DeclaredSecret, SecretPlace, SecretSource } from './source.js';

/** Secrets that a person types. `ask` shows nothing of what is typed; undefined or nothing is no answer. */
export function promptSource(
  ask: (name: string, declared: DeclaredSecret, place: SecretPlace) => Promise<string | undefined>,
): SecretSource {
  return {
    atHand: false,
    find: async (name, declared, place) => {
      const value = await ask(name, declared, place);
      return value === undefined ? undefined : { value, from: 'what was typed' };
    },
  };
}
