import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunState } from '../events/index.js';

/**
 * SHA-256, in hex, of a question as it was put: the run, the plan that was approved, who carries it out for the how-manieth time, and every
 * word of the gate. An answer names it, so that a click on what was drawn earlier cannot answer what is asked now. Undefined when it is not open.
 */
export function gateDigest(state: RunState, id: string): string | undefined {
  const gate = state.gates.find((open) => open.id === id);
  if (gate === undefined) return undefined;
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([state.run, state.digest, state.epoch, gate]))));
}
