import type { EvidenceGiven, EvidenceRequest, Failure, Gate, GateAnswer, RunOutput } from '../../events/index.js';
import type { CelValue, ExtraName, Probe, Step } from '../../language/index.js';
import type { HostName, PlainValue, PlanHost, PlanStep, Target } from '../../planner/index.js';
import type { Verdict } from '../probes/probe.js';
import type { AttemptName, Command, CommandIo, Connection, OutputPosition, RunningCommand } from '../transports/transport.js';

/** How the act of one attempt went. Whether the step succeeded is decided after its `verify`. */
export type ActionResult =
  | {
      readonly kind: 'done';
      readonly exitCode?: number;
      readonly values?: Readonly<Record<string, PlainValue>>;
      readonly evidence?: readonly EvidenceGiven[];
      readonly by?: string;
    }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly exitCode?: number }
  /** Nobody can know whether it was done. */
  | { readonly kind: 'unknown'; readonly failure: Failure }
  | { readonly kind: 'skipped'; readonly why: string; readonly by: string };

/** What became of an attempt whose runner is gone. */
export type Recovery =
  /** It has certainly changed nothing, or doing it again does no harm. */
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'ended'; readonly result: ActionResult }
  | { readonly kind: 'unknown'; readonly why: string };

type WithoutId<T> = T extends unknown ? Omit<T, 'id' | 'step' | 'target'> : never;

/** A gate of a step, before it has its id and place. */
export type StepGate = WithoutId<Extract<Gate, { step: string }>>;

/** What an action may use. Everything it does goes through here, so that it is journalled, masked and stoppable. */
export interface ActionContext {
  readonly step: PlanStep;
  readonly target: Target;
  /** The host it is performed on; undefined for the machine of the operator. */
  readonly host: PlanHost | undefined;
  readonly attempt: AttemptName;
  /** Aborted when the attempt is out of time or the run is stopped. */
  readonly signal: AbortSignal;
  /** The run is being stopped; an attempt that is merely out of time is not. */
  stopped(): boolean;
  /** Boot id of the host before the attempt. */
  readonly bootIdBefore: string | undefined;
  /** Boot id of the host when the run first saw it. */
  readonly bootIdAtFirst: string | undefined;
  /** Boot ids the host had before the tries of this step that came before this one and did not succeed; oldest first. */
  readonly bootIdsOfTries: readonly string[];
  /** Directory a relative local path starts at, and the directory downloads go to. */
  readonly baseDirectory: string;
  readonly downloadDirectory: string;
  /** Keeps a value of the step as a secret, in memory only. False when it cannot be hidden in what is shown. */
  keepSecret(name: string, value: string): boolean;
  /** What an answer says, for a failure to quote from: without secrets, and empty where what the step prints is not shown. */
  quoted(text: string): string;
  /** Renders a value; finds out or asks what is unknown. `secrets` allows `secrets.NAME` in it. */
  render(text: PlainValue, options?: { secrets?: boolean }): Promise<PlainValue>;
  renderText(text: PlainValue, options?: { secrets?: boolean }): Promise<string>;
  evaluate(cel: string, extras?: Readonly<Partial<Record<ExtraName, CelValue>>>): Promise<CelValue>;
  secret(name: string): Promise<string>;
  connection(): Promise<Connection>;
  reachable(host: HostName): Promise<boolean>;
  /** Throws where no process or socket may be opened. */
  assertMayAct(): void;
  /** Starts a command and makes its input the one that the operator's typing goes to. */
  start(connection: Connection, command: Command, io: CommandIo): Promise<RunningCommand>;
  /** Follows the command of this attempt, which has begun before, from a point of its output; see `start`. */
  follow(connection: Connection, io: CommandIo, from: OutputPosition): Promise<RunningCommand>;
  /** Output of a host: masked, kept in the file of the attempt, shown live. */
  print(stream: RunOutput['stream'], bytes: Uint8Array | string): void;
  /** So many bytes of its output are gone at this point: nobody read them in time. */
  missed(stream: 'stdout' | 'stderr', bytes: number): void;
  /** What the attempt has printed so far, masked, plain text, the last part of it. */
  printed(): string;
  /** What the screen of a terminal shows now. */
  screen(): Promise<string>;
  /** One line on how it is going, journalled when it changes. */
  progress(text: string): void;
  probe(probe: Probe): Promise<Verdict>;
  ask(gate: StepGate): Promise<{ readonly answer: GateAnswer; readonly by: string }>;
  /** Opens a gate that somebody answers, or that `close` withdraws, with the reason. */
  openGate(gate: StepGate): { readonly answered: Promise<GateAnswer>; close(why: string): void };
  evidenceRequests(): Promise<readonly EvidenceRequest[]>;
  /** Resolves after a time, or at once when the signal is aborted. */
  sleep(ms: number): Promise<void>;
}

/** One action of the language. */
export interface Action {
  perform(context: ActionContext): Promise<ActionResult>;
  /** Judges an attempt that was under way when its runner ended. */
  recover(context: ActionContext): Promise<Recovery>;
}

/** What a step says of its action. Throws an Error of ours where the plan gave the step to another action. */
export function specOf<Key extends keyof Step>({ step }: ActionContext, key: Key): NonNullable<Step[Key]> {
  const spec = step.spec[key];
  if (spec === undefined) throw new Error(`internal error: a step without "${key}"`);
  return spec;
}

/** A failure as the result of an action. */
export function failed(reason: Failure['reason'], message: string, more: Partial<Omit<Failure, 'reason' | 'message'>> = {}): ActionResult {
  return { kind: 'failed', failure: { reason, message, ...more } };
}
