import type { GivenFact, HostName, Plan, PlainValue } from '../planner/index.js';

/** Version of the journal's records. Older ones stay readable; newer ones open read-only. */
export const EVENT_FORMAT = 2;

/** How an attempt ended. `unknown`: nobody can know whether it ran to its end. */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'unknown';

/** Why an attempt did not succeed. A stable word for machines, sentences for people. */
export interface Failure {
  readonly reason: FailureReason;
  /** What happened, in one line. */
  readonly message: string;
  /** What to do next, when that is known. */
  readonly next?: string;
  /** A few lines of evidence: the end of the output, what a probe saw. Masked and free of control characters. */
  readonly detail?: string;
}

export type FailureReason =
  | 'exit_code'
  | 'signal'
  | 'timeout'
  | 'does_not_hold'
  | 'could_not_tell'
  | 'not_verified'
  | 'unexpected_answer'
  | 'forbidden_prompt'
  | 'connection_lost'
  | 'connection_refused'
  | 'host_key'
  | 'authentication'
  | 'not_started'
  | 'transfer'
  | 'value'
  | 'secret'
  | 'invariant'
  | 'cancelled'
  | 'operator'
  | 'internal';

/** One place in the run: a step and the target it is carried out for. */
export interface Place {
  /** {@link Plan} path of the step. */
  readonly step: string;
  /** Key of the target. */
  readonly target: string;
}

export type SkipReason = 'condition' | 'already_so' | 'operator' | 'host_excluded' | 'no_hosts' | 'prior_failure';

/** A question the run waits on. Its answer is a {@link GateAnswer}. */
export type Gate = { readonly id: string } & (
  | ({
      readonly kind: 'manual';
      readonly text: string;
      readonly open?: string;
      readonly expect?: string;
      readonly figure?: string;
      readonly evidence: readonly EvidenceRequest[];
      readonly otherPerson: boolean;
      readonly optional: boolean;
    } & Place)
  | ({
      readonly kind: 'method';
      readonly methods: readonly { readonly name: string; readonly title: string; readonly needsPerson: boolean }[];
      readonly optional?: boolean;
    } & Place)
  | ({
      readonly kind: 'failure';
      readonly failure: Failure;
      readonly remedies: readonly RemedyOffer[];
      readonly undo: readonly Place[];
      readonly excludable: boolean;
      /** What it would touch to leave the host out: orders, invariants, the outage. One sentence each. */
      readonly exclusion?: readonly string[];
      readonly escalate?: string;
      readonly optional?: boolean;
    } & Place)
  | ({ readonly kind: 'unknown'; readonly attempt: number; readonly text: string } & Place)
  | ({ readonly kind: 'prompt'; readonly text: string } & Place)
  /** Whether the step is to be done cannot be told: its `unless` gave no answer, or its `when` has a value nobody knows. */
  | ({ readonly kind: 'doubt'; readonly text: string; readonly optional?: boolean } & Place)
  /** The steps may not begin now. Left alone, the run goes on by itself at `opensAt` (ISO 8601). */
  | { readonly kind: 'window'; readonly text: string; readonly opensAt?: string }
  | {
      readonly kind: 'value';
      readonly scope: string;
      readonly fact: string;
      readonly host?: HostName;
      readonly text: string;
      readonly request: EvidenceRequest;
    }
  | {
      readonly kind: 'confirm';
      readonly digest: string;
      readonly text: string;
      readonly hosts: readonly ConfirmHost[];
      readonly irreversible: readonly { readonly step: string; readonly title: string; readonly why: string }[];
      readonly typed?: string;
      /** This runbook has not succeeded where it must have been rehearsed: approval needs a reason. */
      readonly unrehearsed?: string;
    }
);

export interface ConfirmHost {
  readonly name: HostName;
  readonly address: string;
  readonly user?: string;
  readonly fingerprint?: string;
}

export interface RemedyOffer {
  readonly index: number;
  readonly title: string;
  readonly cause?: string;
  /** Its pattern was found in what the step printed. */
  readonly matches: boolean;
  /** It does something, beyond telling. */
  readonly acts: boolean;
}

/** One field of a gate's form. */
export interface EvidenceRequest {
  readonly id: string;
  readonly kind: 'attest' | 'value' | 'choice' | 'file';
  readonly title: string;
  readonly type?: string;
  readonly pattern?: string;
  readonly options?: readonly string[];
}

/** What was given for one {@link EvidenceRequest}: the text, `true` for an attestation, or the SHA-256 and name of a file. */
export interface EvidenceGiven {
  readonly id: string;
  readonly value: PlainValue;
  readonly sha256?: string;
}

export type GateAnswer =
  | { readonly kind: 'done'; readonly evidence: readonly EvidenceGiven[]; readonly by?: string; readonly why?: string }
  | { readonly kind: 'method'; readonly name: string }
  | { readonly kind: 'retry'; readonly why?: string }
  | { readonly kind: 'remedy'; readonly index: number }
  | { readonly kind: 'skip'; readonly why: string }
  | { readonly kind: 'exclude'; readonly why: string }
  | { readonly kind: 'undo'; readonly why: string }
  | { readonly kind: 'succeeded'; readonly why: string }
  | { readonly kind: 'typed' }
  | { readonly kind: 'value'; readonly value: PlainValue }
  | { readonly kind: 'perform'; readonly why: string }
  | { readonly kind: 'begin'; readonly why: string }
  | { readonly kind: 'approve'; readonly typed?: string; readonly why?: string }
  /** The question has settled itself; only the run says this, never a person. */
  | { readonly kind: 'withdrawn'; readonly why: string }
  | { readonly kind: 'stop'; readonly why?: string };

/** Who holds the right to act on a run. A process that is gone, or another boot, holds nothing. */
export interface Owner {
  readonly pid: number;
  readonly bootId: string;
  readonly startTime: string;
  readonly host: string;
}

/** The files a plan was made of, on the machine the run was begun on, and the inputs that were given beside them. */
export interface RunDocuments {
  readonly runbook: string;
  readonly inventory: string;
  readonly inputs: Readonly<Record<string, PlainValue>>;
  /** Facts the plan was made with. Absent in journals of format 1. */
  readonly facts?: readonly GivenFact[];
}

/** Where the output of an attempt stands, beside the journal. */
export interface OutputRef {
  readonly file: string;
  readonly bytes: number;
  readonly dropped: number;
}

/**
 * Everything the engine ever says. Closed, plain JSON, written to the journal before anybody sees it.
 * Output of steps is not in it: that goes to files beside the journal, and live to the terminals.
 */
export type RunEvent = Stamp &
  (
    | {
        readonly type: 'run_created';
        readonly run: string;
        readonly format: number;
        readonly engine: string;
        readonly base: string;
        readonly documents?: RunDocuments;
        readonly plan: Plan;
        readonly digest: string;
        readonly operator: string;
        readonly only?: string;
        readonly from?: string;
      }
    | { readonly type: 'run_opened'; readonly epoch: number; readonly owner: Owner; readonly operator: string }
    | { readonly type: 'run_approved'; readonly by: string; readonly digest: string; readonly how: 'asked' | 'flag'; readonly why?: string }
    | {
        readonly type: 'host_seen';
        readonly host: HostName;
        readonly fingerprint?: string;
        readonly bootId?: string;
        readonly user?: string;
      }
    | {
        readonly type: 'fact_known';
        readonly scope: string;
        readonly fact: string;
        readonly host?: HostName;
        readonly value: PlainValue;
        readonly from: 'probe' | 'person' | 'given';
      }
    | { readonly type: 'fact_forgotten'; readonly keys: readonly string[] }
    | ({ readonly type: 'skipped'; readonly reason: SkipReason; readonly text: string; readonly by?: string } & Place)
    | ({
        readonly type: 'attempt_intended';
        readonly attempt: number;
        readonly id: string;
        readonly at_host: HostName;
        readonly method?: string;
        readonly fingerprint?: string;
        /** Before a reboot: the boot id the host has then. */
        readonly bootId?: string;
      } & Place)
    | ({ readonly type: 'attempt_progress'; readonly attempt: number; readonly text: string } & Place)
    | ({
        readonly type: 'attempt_ended';
        readonly attempt: number;
        readonly outcome: Outcome;
        readonly failure?: Failure;
        readonly exitCode?: number;
        readonly durationMs: number;
        readonly values?: Readonly<Record<string, PlainValue>>;
        readonly evidence?: readonly EvidenceGiven[];
        readonly output?: OutputRef;
        readonly by?: string;
        readonly why?: string;
      } & Place)
    | ({ readonly type: 'undone'; readonly by?: string } & Place)
    | ({ readonly type: 'reopened'; readonly why?: string } & Place)
    | { readonly type: 'gate_opened'; readonly gate: Gate }
    | { readonly type: 'gate_closed'; readonly gate: string; readonly answer: GateAnswer; readonly by: string }
    | {
        readonly type: 'group_decided';
        readonly group: string;
        readonly host?: HostName;
        readonly cel: string;
        readonly holds: boolean;
        /** Who decided it, where nobody could tell. */
        readonly by?: string;
      }
    | { readonly type: 'host_excluded'; readonly host: HostName; readonly by: string; readonly why: string }
    | {
        readonly type: 'invariant_checked';
        readonly index: number;
        readonly moment: string;
        readonly verdict: 'holds' | 'does_not_hold' | 'could_not_tell';
        readonly text: string;
      }
    | { readonly type: 'remark'; readonly severity: 'info' | 'warning'; readonly text: string; readonly step?: string }
    | {
        readonly type: 'run_closed';
        readonly outcome: 'succeeded' | 'failed' | 'stopped' | 'halted';
        readonly text: string;
        readonly next: readonly string[];
      }
  );

/** `seq` orders; `at` (ISO 8601, UTC) is only a label; `mono` (ms on a monotonic clock since the run was opened) gives durations. */
export interface Stamp {
  readonly seq: number;
  readonly at: string;
  readonly mono: number;
}

type DistributiveOmit<T, K extends keyof RunEvent> = T extends unknown ? Omit<T, K> : never;

/** An event before the journal has stamped it. */
export type EventBody = DistributiveOmit<RunEvent, 'seq' | 'at' | 'mono'>;

/** What a step prints, live; never in the journal. Already masked. `terminal`: may contain the escapes the filter lets through. */
export interface RunOutput extends Place {
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr' | 'note';
  readonly text: string;
}
