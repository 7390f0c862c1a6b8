import type { DeclaredSecret, SecretSource } from './source.js';

/** Environment variable a secret is taken from: the one it declares, or one made of its name. */
export function variableOf(name: string, declared: DeclaredSecret): string {
  return declared.env ?? `${SECRET_VARIABLES}${name.toUpperCase()}`;
}

/** How the variables begin that are made of names. */
export const SECRET_VARIABLES = 'RUNBOOK_SECRET_';

/** Secrets from the environment of this process. */
export function environmentSource(env: Readonly<Record<string, string | undefined>>): SecretSource {
  return {
    atHand: true,
    find: (name, declared) => {
      const variable = variableOf(name, declared);
      const value = env[variable];
      return Promise.resolve(value === undefined ? undefined : { value, from: `the environment variable ${variable}` });
    },
  };
}
