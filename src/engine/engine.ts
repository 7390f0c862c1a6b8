import type { EventBody, GateAnswer, RunDocuments, RunEvent, RunOutput, RunState } from '../events/index.js';
import type { GivenFact, HostName, Plan } from '../planner/index.js';
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
  /** Value of a secret of the plan, or undefined when nobody has it. Asked as late as possible. */
  readonly secret: (name: string, declared: { title: string; env?: string }) => Promise<string | undefined>;
  /** Thrown from where a process or socket would be opened, when that is not allowed (an untrusted workspace). */
  readonly assertMayAct: () => void;
  /** Absolute path of the editor's own node-pty, where there is one. */
  readonly nodePty?: string;
  /** Directory a relative `upload.file` starts at. */
  readonly baseDirectory: string;
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
}

/** What to do at resume with an attempt nobody knows the end of. */
export type OnUnknown = 'ask' | 'stop' | 'rerun' | 'succeeded';
