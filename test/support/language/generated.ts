import { stringify } from 'yaml';
import { randomDocuments } from '../../planner/property/support/documents.js';
import type { Documents } from '../../planner/property/support/documents.js';
import { Random } from '../../planner/property/support/random.js';
import { restyled } from '../../planner/property/support/restyle.js';

/** Seed of the first generated document; the others follow it. `RUNBOOK_SEED=$RANDOM` looks elsewhere. */
export const SEED = Number(process.env['RUNBOOK_SEED'] ?? 20_261_121);

/** How many generated documents a test goes through: a sample by default, and as many as `RUNBOOK_RUNS` says. */
export function documentsOf(sample: number): number {
  return Number(process.env['RUNBOOK_RUNS'] ?? sample);
}

/** A valid runbook and its inventory as texts. */
export interface GeneratedTexts extends Pick<Documents, 'facts'> {
  /** With comments, empty lines, quotes and flow style wherever chance wants them. */
  readonly runbook: string;
  readonly inventory: string;
}

/** The same for the same seed. */
export function generatedTexts(seed: number): GeneratedTexts {
  const { runbook, inventory, facts } = randomDocuments(seed);
  return { runbook: restyled(runbook, new Random(seed)), inventory: stringify(inventory), facts };
}

/** The seeds of so many generated documents. */
export function seeds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => SEED + index);
}
