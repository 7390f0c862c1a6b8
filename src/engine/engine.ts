import type { EventBody, GateAnswer, RunDocuments, RunEvent, RunOutput, RunState } from '../events/index.js';
import type { Clocks } from './runner/clockWatch.js';
import type { GivenFact, HostName, Plan } from '../planner/index.js';
import type { HandOverRequest } from './journal/handOver.js';
import type { SecretGiver } from './secrets/sources/index.js';
export type { EventBody };

/** Answers to the questions SSH asks while connecting. */
export interface HostKeyQuestion {
  readonly host: HostName;
  readonly address: string;
  readonly port: number;
  readonly keyType: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/** What the engine needs from whoever drives it: the command line or the editor. */
export interface EngineOptions {
  /** Directory that holds all runs; made private (0700) when it does not exist. */
  readonly stateDirectory: string;
  /** Version of the product, written into the journal. */
  readonly version: string;
  /** Who is at the keyboard. */
  readonly operator: string;
  readonly ssh: SshOptions;
  /** Where the secrets of the plan come from. Asked as late as possible for what a person or a program must give. */
  readonly secret: SecretGiver;
  /** Thrown from where a process or socket would be opened, when that is not allowed (an untrusted workspace). */
  readonly assertMayAct: () => void;
  /** Absolute path of the editor's own node-pty, where there is one. */
  readonly nodePty?: string;
  /** Directory a relative `upload.file` starts at. */
  readonly baseDirectory: string;
  /** Somebody asks to go on with the run elsewhere. `true` lets it go after the steps under way; without an answer nothing changes. Default: never. */
  readonly allowHandOver?: (request: HandOverRequest) => Promise<boolean>;
  /** What tells that this machine slept, or that its clock was set. Default: its own clocks. */
  readonly clocks?: Clocks;
}

export interface SshOptions {
  /** `known_hosts` files, in order; the first is the one a newly trusted key is added to. */
  readonly knownHosts: readonly string[];
  /** Private key files to try, beside the agent and the defaults of the SSH configuration. */
  readonly identities: readonly string[];
  /** Asks a person whether an unknown key is right. `true` trusts and remembers it; anything else refuses. */
  readonly trustUnknownKey: (question: HostKeyQuestion) => Promise<boolean>;
  /** Passphrase of a key file, or a login password; undefined when nobody gives one. */
  readonly askSecret: (prompt: string) => Promise<string | undefined>;
  /** Reads the user's own SSH configuration. Default true. */
  readonly useConfig?: boolean;
  /** A server that leaves three questions in a row unanswered, so many milliseconds apart, is taken for gone. Default 10 s. */
  readonly keepaliveMs?: number;
}

/** A run that is being carried out by this process. */
export interface RunHandle {
  readonly run: string;
  readonly state: RunState;
  /** Called after the event is durable. Returns the way to stop listening. */
  onEvent(listener: (event: RunEvent, state: RunState) => void): () => void;
  onOutput(listener: (output: RunOutput) => void): () => void;
  /** Answers an open gate. Throws a HumanError when the gate is not open or the answer does not fit. */
  answer(gate: string, answer: GateAnswer, by?: string): void;
  /** Types into the terminal of a running attempt. */
  input(step: string, target: string, data: string): void;
  resize(step: string, target: string, columns: number, rows: number): void;
  /** Cancels what is running, ends the run as stopped. Resolves when the journal is closed. */
  stop(why: string): Promise<void>;
  /** Resolves with the final state when the run is closed or halted. Never rejects. */
  readonly finished: Promise<RunState>;
}

export interface StartOptions {
  readonly plan: Plan;
  readonly digest: string;
  /** Facts known beforehand: given by a person (`--fact`), or found out to make the plan. `from` is `given` where it is absent. */
  readonly facts: readonly (GivenFact & { readonly from?: 'probe' | 'person' })[];
  /** The files the plan was made of, so that a resume can see whether they have changed since. */
  readonly documents?: Omit<RunDocuments, 'facts'>;
  /** Path of the one step to carry out. */
  readonly only?: string;
  /** Path of the step to begin with. */
  readonly from?: string;
  /** `flag`: the operator approved beforehand (headless); otherwise, and where a rehearsal is missing, a `confirm` gate opens. */
  readonly approval: 'ask' | 'flag';
  readonly ignoredHostLocks?: IgnoredHostLocks;
}

/** Host locks of other runs that a person passes over: the reason for each host. It goes into the journal. */
export type IgnoredHostLocks = Readonly<Record<HostName, string>>;

/** A person's wish to go on with a run that another process carries out. */
export interface TakeOver {
  /** It goes into the journal, and is shown to whoever carries the run out. */
  readonly why: string;
  /** Takes the wish back. */
  readonly signal: AbortSignal;
  /** How it goes, in sentences. */
  readonly told: (text: string) => void;
  /** How long a holder may stay silent before it counts as one that does not answer. A living one looks every second. Default 15 s. */
  readonly unseenMs?: number;
}

export interface ResumeOptions {
  readonly onUnknown: OnUnknown;
  readonly approval: 'ask' | 'flag';
  readonly ignoredHostLocks?: IgnoredHostLocks;
  readonly takeOver?: TakeOver;
}

/** What to do at resume with an attempt nobody knows the end of. */
export type OnUnknown = 'ask' | 'stop' | 'rerun' | 'succeeded';
