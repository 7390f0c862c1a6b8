/** One case of a row. Everything random in it comes from `seed`, so that it can be played again. */
export interface FaultCase {
  /** Counts from 0. Cases of all profiles with the same number and seed are the same case. */
  readonly index: number;
  readonly seed: number;
  /** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed. */
  readonly random: () => number;
}

/** What became of a case: what must be held, or it was broken, and how. `measured`: figures for the report, by name with unit (`growth_mb`). */
export type Verdict =
  { readonly kind: 'held'; readonly measured?: Readonly<Record<string, number>> } | { readonly kind: 'broken'; readonly what: string };

/** How much of a row is tried: `pr` with every test run, `nightly` in the background. */
export type Profile = 'pr' | 'nightly';

/** One row of the fault laboratory: a kind of fault, how often it is tried, and what must be so every time. */
export interface Row {
  /** Short name for the command line, in lower case with hyphens. */
  readonly id: string;
  /** What is done, as a person says it. */
  readonly title: string;
  /** What must be so in every case. */
  readonly must: string;
  readonly cases: Readonly<Record<Profile, number>>;
  /** How many cases may run at the same time. Default 1. */
  readonly concurrency?: number;
  /** How long a case may take before it counts as broken, in ms. Default two minutes. */
  readonly limitMs?: number;
  /** Says what this machine lacks to try it, or undefined: the row is then skipped, loudly. */
  missing(): Promise<string | undefined>;
  /** Prepares what all cases share (a lab, a server, a shim that is built); `profile` may decide its size. */
  open(profile: Profile): Promise<OpenRow>;
}

/** A row with its means ready. */
export interface OpenRow {
  /** Tries one case. What it throws counts as broken. */
  run(fault: FaultCase): Promise<Verdict>;
  close(): Promise<void>;
}
