import type {
  ActionName,
  Advisory,
  Answer,
  EffectName,
  Evidence,
  NameTypes,
  Note,
  OnFailure,
  Platform,
  Probe,
  Step,
  ValueType,
} from '../language/index.js';

/** A value as it stands in JSON: plans and journals hold nothing else. Versions are text; their scheme gives them order. */
export type PlainValue = string | number | boolean;

/** Name of a host in the inventory, or `local` for the machine of the operator. */
export type HostName = string;

/** `local`: the machine the operator sits at. */
export const LOCAL = 'local';

/** Target key of a step that is performed once, or is about no host. */
export const NO_HOST = '-';

/** Where text came from, for people: a file relative to the runbook that is run, and a line (1-based). */
export interface SourceRef {
  readonly file: string;
  readonly line: number;
}

export interface PlanHost {
  readonly name: HostName;
  readonly address: string;
  readonly connection: 'ssh' | 'local' | 'none';
  readonly platform: Platform;
  readonly user?: string;
  readonly port?: number;
  readonly jump?: HostName;
  /** Fingerprint that the inventory asks for. */
  readonly hostKey?: string;
  readonly vars: Readonly<Record<string, PlainValue>>;
}

/** A declared, typed thing: input, role variable or fact. */
export interface ValueDeclaration {
  readonly type: ValueType;
  /** Pattern of the version scheme, already looked up. */
  readonly schemePattern?: string;
  readonly title?: string;
  readonly options?: readonly string[];
  readonly pattern?: string;
}

export interface PlanFact extends ValueDeclaration {
  /** Roles it is read for; absent for a fact of the run. */
  readonly on?: readonly string[];
  readonly read: readonly Probe[];
  readonly ask?: string;
}

/** One part of an upgrade path, from one installed version to the next. */
export interface PlanHop {
  /** 1 for the first. */
  readonly number: number;
  readonly last: boolean;
  /** Absent while nobody knows the installed version: only in a draft. */
  readonly from?: string;
  readonly to: string;
}

/** When an advisory applies: always, or when its condition holds, or else where nobody can tell from the vendor's words, when a person says so. */
export interface AdvisoryCondition {
  readonly when?: string;
  readonly unsureWhen?: string;
}

/** What names mean in one file as it takes part in the run: a file used twice with other inputs has two scopes. */
export interface PlanScope {
  readonly id: string;
  readonly file: string;
  /** Types of everything its expressions may name. */
  readonly names: NameTypes;
  readonly inputs: Readonly<Record<string, PlainValue>>;
  readonly roles: Readonly<Record<string, readonly HostName[]>>;
  readonly facts: Readonly<Record<string, PlanFact>>;
  /** Scope whose facts these are: another one for the scope of a hop, else this one. */
  readonly factScope: string;
  /** When each advisory applies. */
  readonly advisories: Readonly<Record<string, AdvisoryCondition>>;
  /** With `upgrade`: the whole path. Empty when the target is installed already. */
  readonly hops?: readonly PlanHop[];
  /** The hop that `hop` is. Each hop of a path of several has a scope of its own. */
  readonly hop?: PlanHop;
}

/** Effects on all hosts of some roles. */
export interface OrderedEffect {
  readonly effect: EffectName;
  readonly roles: readonly string[];
  readonly hosts: readonly HostName[];
}

/** A declared order, with its roles bound to hosts. */
export interface PlanOrder {
  readonly first: readonly OrderedEffect[];
  readonly then: readonly OrderedEffect[];
  readonly per: 'all' | 'host';
  readonly because?: string;
  readonly cites?: string;
  readonly at: SourceRef;
}

/** An advisory with the hops it is judged for. */
export interface PlanAdvisory {
  readonly id: string;
  readonly scope: string;
  readonly severity: Advisory['severity'];
  readonly title?: string;
  readonly text: string;
  readonly link?: string;
  readonly demands: 'nothing' | 'acknowledgement' | 'stop';
  readonly cites?: string;
  readonly at: SourceRef;
}

/** A time span of an inventory, as it is written: every week on `days`, or once. */
export interface PlanPeriod {
  readonly title?: string;
  readonly days?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly zone?: string;
  readonly because?: string;
}

/** A `use` on the way to a step. */
export interface UseStep {
  readonly use: string;
  readonly at: SourceRef;
}

/** A condition in the scope it was written in. */
export interface Condition {
  readonly cel: string;
  readonly scope: string;
  /** Roles of the hosts it is about; `host` exists when there are any. */
  readonly hostRoles: readonly string[];
  /** Path of the group it was written on: decided once there for each host, for all that stands in it. Absent on a step's own. */
  readonly group?: string;
}

/** One place where a step is carried out. */
export interface Target {
  /** {@link NO_HOST}, or the name of the host. */
  readonly key: string;
  /** The hosts it is about, which its effects hit. */
  readonly about: readonly HostName[];
  /** The host it is performed on. */
  readonly at: HostName;
}

/** A group: its children one after the other. */
export interface PlanGroup {
  readonly kind: 'group';
  /** Unique in the plan: the ids from the root, joined by `/`; a batch of a serial group is `ID@HOST`. */
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly hosts: readonly HostName[];
  readonly children: readonly PlanNode[];
  readonly notes: readonly Note[];
  readonly impact?: string;
  /** On the group of one hop. */
  readonly hop?: PlanHop;
  /** On the group of a hop that a more specific runbook is followed for: that runbook, as written. */
  readonly dispatchedTo?: string;
  /** Time between two children, for the batches of a serial group. */
  readonly pauseBetweenMs: number;
  readonly at: SourceRef;
}

/** One step with its one action. */
export interface PlanStep {
  readonly kind: 'step';
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly scope: string;
  /** Roles (of its scope) of the hosts it is about; empty when it is about none, or performed once for all. */
  readonly hostRoles: readonly string[];
  readonly section: 'prerequisites' | 'steps' | 'finally' | 'aside';
  readonly action: Exclude<ActionName, 'steps' | 'use'>;
  /** All conditions it stands under, its groups' included. */
  readonly conditions: readonly Condition[];
  readonly targets: readonly Target[];
  /** How many targets at a time. */
  readonly parallel: number;
  readonly pauseBetweenMs: number;
  readonly estimateMs?: number;
  readonly timeoutMs?: number;
  readonly everyMs: number;
  readonly retry: { readonly times: number; readonly everyMs: number; readonly safe: boolean };
  /** The step as it was written, without its structure (`on`, `when`, `use` …). Values in it are still templates. */
  readonly spec: Step;
  readonly answers: readonly Answer[];
  readonly evidence: readonly Evidence[];
  readonly effects: readonly EffectName[];
  /** Effects that take place at the next boot of the host. */
  readonly stages: readonly EffectName[];
  /** The operator may leave it out. */
  readonly optional: boolean;
  /** Only a prerequisite: as written, `2 working days`. */
  readonly leadTime?: string;
  /** Only a prerequisite: how long it counts once it is done. */
  readonly validForMs?: number;
  /** The uses that led here from the root, the outermost first. */
  readonly reachedBy: readonly UseStep[];
  readonly onFailure?: OnFailure;
  readonly escalate?: PlanContact;
  /** What the remedies do, by their place in `onFailure.remedies`; empty where a remedy is only advice. */
  readonly remedies: readonly (readonly PlanNode[])[];
  /** What takes it back; empty where nothing does. */
  readonly undo: readonly PlanNode[];
  /** Steps of each method, by name. */
  readonly methods: Readonly<Record<string, PlanStep>>;
  /** Citation of the vendor's sentence, as written. */
  readonly cites?: string;
  readonly at: SourceRef;
}

export type PlanNode = PlanGroup | PlanStep;

export type Moment = 'start' | 'end' | `before:${string}` | `after:${string}`;

export interface PlanInvariant {
  readonly title: string;
  readonly holds: Probe;
  readonly scope: string;
  /** When it is asked: `start`, `end`, or before or after the node with this path. */
  readonly at: readonly Moment[];
  readonly because?: string;
}

/** A role whose host was found by asking the hosts; asked again before the first act, and a change stops the run. */
export interface DerivedRole {
  readonly scope: string;
  readonly role: string;
  readonly of: readonly HostName[];
  readonly where: string;
  readonly hostRoles: readonly string[];
  readonly host: HostName;
}

export interface PlanContact {
  readonly title: string;
  readonly url?: string;
  readonly phone?: string;
  readonly email?: string;
}

/** What will be done, whole: the only thing the engine reads once a run has begun. */
export interface Plan {
  readonly format: 2;
  readonly runbook: {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    /** SHA-256 of what the files of the runbook say, whatever the environment: the same on staging and production. */
    readonly digest: string;
  };
  readonly environment: {
    readonly id: string;
    readonly title: string;
    readonly production: boolean;
    readonly approvers: readonly string[];
    readonly windows: readonly PlanPeriod[];
    readonly blackouts: readonly PlanPeriod[];
    /** Environment on which this very runbook must have succeeded before. */
    readonly rehearsedOn?: string;
  };
  readonly hosts: Readonly<Record<HostName, PlanHost>>;
  readonly scopes: Readonly<Record<string, PlanScope>>;
  /** How the inputs of the runbook are called, and what follows from choosing a value other than the default. */
  readonly inputs: Readonly<Record<string, { readonly title?: string; readonly consequence?: string; readonly default?: PlainValue }>>;
  readonly secrets: Readonly<Record<string, { readonly title: string; readonly env?: string; readonly keptOn?: HostName }>>;
  readonly contacts: Readonly<Record<string, PlanContact>>;
  readonly notes: readonly Note[];
  /** Prerequisites, the steps and the final steps, in this order; see {@link PlanStep.section}. */
  readonly steps: readonly PlanNode[];
  readonly invariants: readonly PlanInvariant[];
  readonly advisories: readonly PlanAdvisory[];
  readonly orders: readonly PlanOrder[];
  /** Hosts that are out of service together. */
  readonly outage?: { readonly hosts: readonly HostName[]; readonly because: string };
  readonly derivedRoles: readonly DerivedRole[];
  readonly next: readonly { readonly use: string; readonly title: string; readonly when?: Condition }[];
}
