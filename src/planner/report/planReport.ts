import type { EffectName } from '../../language/index.js';
import type { HostName, PlainValue, Plan, PlanStep } from '../plan.js';
import type { Explanation } from './explain/explain.js';

/** What people and programs are shown of a plan: the documented, versioned shape of `runbook plan --json`. Instants are ISO 8601 in UTC. */
export interface PlanReport {
  readonly format: 1;
  readonly runbook: Plan['runbook'];
  readonly environment: { readonly id: string; readonly title: string; readonly production: boolean; readonly rehearsed_on?: string };
  /** SHA-256 of what the plan means. */
  readonly digest: string;
  /** Whether hosts and path are known, so that this is the plan that would be run. */
  readonly settled: boolean;
  readonly roles: Readonly<Record<string, readonly HostName[]>>;
  readonly inputs: readonly ReportInput[];
  readonly notes: Plan['notes'];
  readonly hops: readonly ReportHop[];
  /** There is an upgrade path, and it has no hops. */
  readonly already_installed: boolean;
  readonly steps: readonly ReportStep[];
  readonly advisories: readonly ReportAdvisory[];
  readonly open_roles: readonly { readonly role: string; readonly of: readonly HostName[]; readonly where: string }[];
  readonly questions: readonly ReportQuestion[];
  /** Whether the declared orders hold, whatever is found on the way. */
  readonly order_proof?: ReportProof;
  readonly timeline: ReportTimeline;
  /** Only where the time is told for which it is asked. */
  readonly window?: ReportWindow;
  readonly lead_times: readonly ReportLeadTime[];
  readonly outage?: ReportOutage;
  readonly point_of_no_return?: ReportTurningPoint;
  readonly undo: readonly ReportUndo[];
  readonly next: readonly (Explanation & { readonly use: string; readonly title: string; readonly when?: string })[];
  readonly warnings: readonly ReportWarning[];
}

/** An input of the runbook with the value of this plan. */
export interface ReportInput {
  readonly name: string;
  readonly title?: string;
  readonly value: PlainValue;
  /** What follows from this value; only where it is not the default. */
  readonly consequence?: string;
}

/** A step by its path, with its title for people. */
export interface StepName {
  readonly path: string;
  readonly title: string;
}

export interface ReportHop {
  readonly number: number;
  readonly from?: string;
  readonly to: string;
  readonly last: boolean;
  /** Paths of its steps, in order. */
  readonly steps: readonly string[];
  /** The more specific runbook that is followed for it. */
  readonly dispatched_to?: string;
  /** Runbooks that this one hands parts of the hop over to in turn, the outermost first. */
  readonly handed_on_to?: readonly string[];
  /** What would be done without that one. */
  readonly generic?: readonly (StepName & { readonly action: PlanStep['action']; readonly hosts: readonly HostName[] })[];
}

/** A condition with what is known of it, and the hosts of which that is so. */
export interface ReportCondition extends Explanation {
  readonly cel: string;
  readonly hosts: readonly HostName[];
}

export interface ReportStep extends StepName {
  /** Place in the plan, 1 for the first. */
  readonly number: number;
  readonly section: 'prerequisites' | 'steps' | 'finally' | 'aside';
  /** Groups it stands in, the outermost first; the group of a hop with its number. */
  readonly groups: readonly (StepName & { readonly hop?: number })[];
  readonly hop?: number;
  readonly action: PlanStep['action'];
  /** Hosts it is about. */
  readonly hosts: readonly HostName[];
  /** Where it is performed. */
  readonly at: readonly HostName[];
  /** Performed once for all hosts it is about. */
  readonly once: boolean;
  /** How many hosts at a time. */
  readonly at_once: number;
  /** The hosts of the batch, within a serial group. */
  readonly batch?: readonly HostName[];
  /** `no`: left out by what is known. `asked`: that is found out on the way. */
  readonly verdict: Explanation['verdict'];
  readonly conditions: readonly ReportCondition[];
  readonly gate?: ReportGate;
  readonly effects: readonly EffectName[];
  /** Effects that take place at the next boot of the host. */
  readonly stages: readonly EffectName[];
  readonly optional: boolean;
  /** Why it cannot be taken back. */
  readonly irreversible?: string;
  /** What takes it back. */
  readonly undo: readonly StepName[];
  readonly impact?: string;
  readonly estimate_ms?: number;
  readonly timeout_ms?: number;
  readonly lead_time?: string;
  readonly valid_for_ms?: number;
  /** Sentence of the vendor it comes from. */
  readonly source?: string;
  /** The uses that lead to it, the outermost first. */
  readonly reached_by: readonly string[];
  readonly place: { readonly file: string; readonly line: number };
}

/** What a person must do or give. */
export interface ReportGate {
  readonly kind: 'manual' | 'method' | 'optional';
  /** Somebody other than the operator must answer. */
  readonly other_person: boolean;
  /** Statements to confirm and things to give, in words. */
  readonly gives: readonly string[];
  /** Where one of several ways is chosen: their titles. */
  readonly methods: readonly string[];
}

export interface ReportAdvisory {
  readonly id: string;
  readonly title: string;
  readonly severity: Plan['advisories'][number]['severity'];
  readonly text: string;
  readonly link?: string;
  readonly demands: Plan['advisories'][number]['demands'];
  readonly file: string;
  readonly source?: string;
  /** For each hop; a single one without `hop` where there is no path. */
  readonly hops: readonly {
    readonly hop?: number;
    readonly verdict: 'applies' | 'does_not_apply' | 'must_be_asked';
    readonly because: string;
  }[];
}

/** A declared order: effects on roles. */
export interface ReportOrder {
  readonly first: readonly { readonly effect: EffectName; readonly roles: readonly string[]; readonly hosts: readonly HostName[] }[];
  readonly then: ReportOrder['first'];
  readonly per: 'all' | 'host';
  readonly because?: string;
  readonly source?: string;
  readonly place: ReportStep['place'];
}

export interface ReportProof {
  readonly proven: boolean;
  /** Too many combinations of what is open: only each pair was tried in every way. */
  readonly pairwise: boolean;
  readonly orders: readonly (ReportOrder & {
    /** `empty`: nothing in the plan does what must wait. `unproven`: nothing was found, but not everything could be tried. */
    readonly verdict: 'proven' | 'broken' | 'empty' | 'unproven';
    readonly combinations: number;
  })[];
  readonly violations: readonly {
    readonly order: ReportOrder;
    /** The step that begins too early. */
    readonly step: StepName & { readonly place: ReportStep['place']; readonly reached_by: readonly string[] };
    readonly effect: EffectName;
    readonly hosts: readonly HostName[];
    /** What must be so for it to happen; empty when it always does. */
    readonly when: readonly string[];
    /** The trace in words. */
    readonly text: string;
  }[];
}

export interface ReportQuestion {
  readonly fact: string;
  readonly host?: HostName;
  readonly text: string;
  /** `hosts` are asked first, a `person` only when they do not answer; or only a person can know. */
  readonly asked_of: 'hosts' | 'person';
  /** What hangs on it. */
  readonly decides: 'path' | 'advisory' | 'steps';
  /** File whose fact it is. */
  readonly file: string;
  /** Step that uses that file; absent for facts of the runbook itself. */
  readonly used_by?: string;
  /** Option of the command line that answers it. */
  readonly option: string;
}

/** By estimates. Steps count from the first one of section `steps`, prerequisites from the first prerequisite. */
export interface ReportTimeline {
  readonly entries: readonly (StepName & {
    readonly starts_after_ms: number;
    readonly length_ms: number;
    /** Without one its length counts as nothing. */
    readonly estimated: boolean;
  })[];
  readonly prerequisites_ms: number;
  /** Steps and final steps, with those that may be left out. */
  readonly work_ms: number;
  /** The same without those that may be left out. */
  readonly least_work_ms: number;
  readonly steps_without_estimate: number;
}

export interface ReportSpan {
  readonly from?: string;
  readonly to?: string;
  readonly zone: string;
  readonly title?: string;
  readonly because?: string;
}

export interface ReportWindow {
  /** The time for which all this is said. */
  readonly at: string;
  /** Zone for people. */
  readonly zone: string;
  readonly needed_ms: number;
  readonly open: boolean;
  readonly fits: boolean;
  /** The window the work fits in, now or next. */
  readonly fitting?: ReportSpan;
  /** When the steps must have begun at the latest, to end within it. */
  readonly latest_safe_start?: string;
  readonly because: string;
  readonly blackouts: readonly ReportSpan[];
}

export interface ReportLeadTime extends StepName {
  /** As written: `2 working days`. */
  readonly needs: string;
  /** When it is done, if it is begun at the time for which this is said. */
  readonly ready_at?: string;
  /** To be done when the next fitting window opens. */
  readonly must_begin_by?: string;
  /** It counts only so long; done earlier than this it must be done again. */
  readonly not_before?: string;
  readonly too_late: boolean;
  readonly because: string;
}

export interface ReportOutage {
  readonly hosts: readonly HostName[];
  readonly because?: string;
  readonly from: StepName;
  /** Absent when the plan does not bring them back. */
  readonly to?: StepName;
  readonly starts_after_ms: number;
  readonly length_ms: number;
  readonly steps_without_estimate: number;
}

/** The first step that cannot be taken back. */
export interface ReportTurningPoint extends StepName {
  readonly number: number;
  readonly hosts: readonly HostName[];
  readonly because: string;
  readonly starts_after_ms: number;
  /** Steps before it that count as nothing in `starts_after_ms`. */
  readonly steps_without_estimate: number;
  /** Up to it, everything can be undone: the step before it, and the backups that are made by then. */
  readonly before?: StepName;
  readonly backups: readonly StepName[];
}

/** What undo would do when it is asked for right after a step. */
export interface ReportUndo {
  readonly after: StepName;
  readonly hosts: readonly HostName[];
  /** Paths of the steps that would be taken back, the newest first. */
  readonly takes_back: readonly string[];
  /** Paths of the steps with effects that have no undo and need none; the newest first. */
  readonly stays: readonly string[];
  /** Where it ends, before it has reached the begin. */
  readonly ends_at?: StepName & { readonly because: string };
}

export interface ReportWarning {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line?: number;
}
