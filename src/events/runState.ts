import type { HostName, Plan, PlainValue } from '../planner/index.js';
import type { EvidenceGiven, Failure, Gate, GateAnswer, Outcome, OutputRef, Owner, RunDocuments, SkipReason } from './runEvent.js';

/** Where one step stands for one target. */
export type TargetStatus = 'pending' | 'running' | 'waiting' | 'skipped' | Outcome;

export interface AttemptState {
  readonly number: number;
  readonly id: string;
  readonly atHost: HostName;
  readonly startedAt: string;
  readonly method?: string;
  readonly bootId?: string;
  readonly progress?: string;
  readonly ended?: {
    readonly at: string;
    readonly outcome: Outcome;
    readonly failure?: Failure;
    readonly exitCode?: number;
    readonly durationMs: number;
    readonly evidence?: readonly EvidenceGiven[];
    readonly output?: OutputRef;
    readonly by?: string;
    readonly why?: string;
  };
}

export interface TargetState {
  readonly status: TargetStatus;
  readonly attempts: readonly AttemptState[];
  readonly skipped?: { readonly reason: SkipReason; readonly text: string; readonly by?: string; readonly at: string };
  readonly values: Readonly<Record<string, PlainValue>>;
  readonly undone: boolean;
}

export interface ClosedGate {
  readonly gate: Gate;
  readonly answer: GateAnswer;
  readonly by: string;
  readonly at: string;
}

/** One effect that has happened and can be taken back or not. */
export interface LedgerEntry {
  readonly step: string;
  readonly target: string;
  readonly seq: number;
}

export type RunStatus = 'created' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'stopped' | 'halted';

/** The state of a run: what {@link reduce} makes of its events. Plain JSON. */
export interface RunState {
  readonly run: string;
  readonly plan: Plan;
  readonly digest: string;
  readonly operator: string;
  readonly engine: string;
  /** Directory that relative names of files start at, on the machine the run was begun on. */
  readonly base: string;
  readonly documents?: RunDocuments;
  readonly createdAt: string;
  readonly closedAt?: string;
  readonly closing?: string;
  readonly next: readonly string[];
  readonly status: RunStatus;
  readonly approved: boolean;
  readonly epoch: number;
  readonly owner?: Owner;
  readonly lastSeq: number;
  readonly only?: string;
  readonly from?: string;
  /** By step path, then target key. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, TargetState>>>>;
  readonly gates: readonly Gate[];
  readonly closedGates: readonly ClosedGate[];
  readonly hosts: Readonly<
    Record<
      HostName,
      {
        readonly fingerprint?: string;
        readonly bootId?: string;
        readonly user?: string;
        readonly excluded?: { readonly by: string; readonly why: string };
      }
    >
  >;
  /** See {@link factKey}. */
  readonly facts: Readonly<Record<string, PlainValue>>;
  /** Keys of the facts that were read by a probe. */
  readonly probed: readonly string[];
  /** Whether groups with a `when` are carried out; see {@link decisionKey}. */
  readonly decisions: Readonly<Record<string, boolean>>;
  readonly ledger: readonly LedgerEntry[];
  readonly invariants: readonly {
    readonly index: number;
    readonly moment: string;
    readonly verdict: string;
    readonly text: string;
    readonly at: string;
  }[];
  readonly remarks: readonly {
    readonly severity: 'info' | 'warning';
    readonly text: string;
    readonly step?: string;
    readonly at: string;
  }[];
}

/** Key of a fact in {@link RunState.facts}. */
export function factKey(scope: string, fact: string, host: HostName | undefined): string {
  return `${scope}|${fact}|${host ?? ''}`;
}

/** Key of a decision in {@link RunState.decisions}. */
export function decisionKey(group: string, host: HostName | undefined): string {
  return `${group}|${host ?? ''}`;
}
