import { createEngine, environmentSource, inOrder } from '../../../src/engine/index.js';
import type { Engine } from '../../../src/engine/index.js';
import type { Bench } from './journey.js';

/** The engine in this process, for the example of a bench, with the keys and secrets of its lab. */
export function labEngine(bench: Bench, stateDirectory: string): Engine {
  const { example, lab } = bench;
  return createEngine({
    stateDirectory,
    version: 'test',
    operator: 'tester',
    baseDirectory: example,
    assertMayAct: () => undefined,
    secret: inOrder([environmentSource(bench.env)]),
    ssh: {
      knownHosts: [lab.knownHosts],
      identities: [lab.identity],
      useConfig: false,
      trustUnknownKey: () => Promise.resolve(false),
      askSecret: () => Promise.resolve(undefined),
    },
  });
}
