import type { CelValue, ExtraName, Platform, Probe, ProbeKind, ValueType } from '../../language/index.js';
import type { HostName, PlainValue } from '../../planner/index.js';
import type { Connection } from '../transports/transport.js';

/** The three answers of a probe, with one line that tells people what was seen. */
export interface Verdict {
  readonly verdict: 'holds' | 'does_not_hold' | 'could_not_tell';
  /** One line: what was seen, or what is missing to tell. Never contains a secret of the plan that the masker knows. */
  readonly text: string;
  /** What the probe yields where it holds; a fact is read from it. */
  readonly value?: PlainValue;
  /** A few lines of evidence: the end of an output, or a line for each part. */
  readonly detail?: string;
}

/** What an expression sees beside the names of its file. */
export type Extras = Readonly<Partial<Record<ExtraName, CelValue>>>;

/** The place a probe is asked at. The runner makes one for every look. */
export interface ProbeContext {
  /** Hosts the step is about; `host` probes look at them. */
  readonly about: readonly HostName[];
  /** The host named by `from`, when it is neither absent nor the machine of the operator. */
  readonly from: HostName | undefined;
  /** Platform of the host the probe is performed on. */
  readonly platform: Platform;
  /** Ends the look; the verdict is then could_not_tell. */
  readonly signal: AbortSignal;
  /** Session with the host the probe is performed on. Rejects with a TransportError. */
  connection(): Promise<Connection>;
  /** Replaces `${{ }}` in a text. Rejects with UnknownValue or ExpressionError. */
  render(template: PlainValue): Promise<PlainValue>;
  /** Evaluates a condition. Unknown is not false: then it lists the names that are missing. Rejects with ExpressionError. */
  condition(cel: string, extras: Extras): Promise<boolean | { readonly unknown: readonly string[] }>;
  /** Evaluates an expression. Rejects with UnknownValue or ExpressionError. */
  value(cel: string, extras: Extras): Promise<CelValue>;
  /** Reads a fact of a host; undefined when nobody knows it. */
  fact(name: string, host: HostName): Promise<PlainValue | undefined>;
  /** Declared type of a fact: versions are compared as versions. */
  factType(name: string): ValueType | undefined;
  /** Hosts of these roles, each once, in the order of the inventory. */
  hostsOf(roles: readonly string[]): readonly HostName[];
  /** Whether the SSH port of a host answers the machine of the operator. */
  reachable(host: HostName): Promise<boolean>;
  /** Boot id a host had when the run began. */
  bootIdAtStart(host: HostName): string | undefined;
  /** Boot id a host has now; undefined where it cannot be asked. */
  bootIdNow(host: HostName): Promise<string | undefined>;
  /** A text without the secrets, for what is cut before it is shown: half a secret would not be found any more. */
  mask(text: string): string;
  /** Value of a secret. Rejects with UnknownValue when nobody gives it. */
  secret(name: string): Promise<string>;
  /** Throws where no process or socket may be opened. */
  assertMayAct(): void;
}

/** Settings of one kind of probe, as the author wrote them. */
export type ProbeSettings<Kind extends ProbeKind> = NonNullable<Probe[Kind]>;

/** Asks one kind of probe. May reject with what the context rejects with; the caller turns that into could_not_tell. */
export type AskProbe<Kind extends ProbeKind> = (settings: ProbeSettings<Kind>, context: ProbeContext) => Promise<Verdict>;

/** Something that keeps a probe from telling, in words for people. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell';
  constructor(
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}

/** The probe holds when `condition` is true. */
export function verdictOf(condition: boolean, text: string, more: Pick<Verdict, 'value' | 'detail'> = {}): Verdict {
  return { verdict: condition ? 'holds' : 'does_not_hold', text, ...more };
}
