import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { HumanError } from '../../events/index.js';
import type { EngineOptions, RunHandle } from '../engine.js';
import { reduce } from '../../events/index.js';
import type { EventBody, Gate, GateAnswer, RunEvent, RunOutput, RunState } from '../../events/index.js';
import type { Connections } from '../transports/connections.js';
import type { OpenRun } from '../journal/runStore.js';
import { placeOfSecrets, SecretKeeper } from '../secrets/keeper.js';
import type { Masked } from '../secrets/masked.js';
import type { Masker } from '../secrets/masker.js';
import type { RunningCommand } from '../transports/transport.js';
import { ClockWatch, findingText, SYSTEM_CLOCKS } from './clockWatch.js';
import { refusal } from './gates.js';
import { plainEvent } from '../terminal/plainEvent.js';
import { RunEnd } from '../runEnd.js';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Members of events that a program reads and nobody prints a secret into. */
const OUR_WORDS = ['type', 'step', 'target', 'attempt', 'id', 'outcome', 'reason', 'scope', 'fact', 'host', 'at_host', 'durationMs'];

/** Who closes a gate that nobody answers. */
const ITSELF = 'the run itself';

export interface Answered {
  readonly answer: GateAnswer;
  readonly by: string;
}

/** A value of a step that is declared secret. */
export interface SecretValuePlace {
  readonly step: string;
  readonly target: string;
  readonly name: string;
}

interface OpenGate {
  readonly gate: Gate;
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: unknown) => void;
}

/** One run that this process carries out: its journal, its state, its open questions, and who listens. */
export class Session {
  readonly options: EngineOptions;
  readonly run: OpenRun;
  readonly connections: Connections;
  readonly masker: Masker;
  /** Aborted by `stop`: everything under way is cancelled. */
  readonly stopping = new AbortController();
  stopReason = '';
  /** Watches for sleep while the run is carried out. */
  readonly clockWatch: ClockWatch;
  /** Aborted when no new step may begin: with `stopping`, and when the run is let go. What is under way goes on. */
  readonly leaving = new AbortController();
  #lettingGo: string | undefined;
  readonly #gates = new Map<string, OpenGate>();
  readonly #listeners = new Set<(event: RunEvent, state: RunState) => void>();
  readonly #outputListeners = new Set<(output: RunOutput) => void>();
  readonly #running = new Map<string, RunningCommand>();
  readonly #secrets: SecretKeeper;
  readonly #secretValues = new Map<string, string>();
  readonly #startedAt = performance.now();
  #state: RunState | undefined;
  #seq: number;

  constructor(options: EngineOptions, run: OpenRun, connections: Connections, masker: Masker, state: RunState | undefined) {
    this.options = options;
    this.run = run;
    this.connections = connections;
    this.clockWatch = new ClockWatch(options.clocks ?? SYSTEM_CLOCKS, (finding) => {
      if (finding.kind === 'stood_still') connections.verify();
      // A journal that takes nothing says so at the next act.
      this.#quietly(() => this.emit({ type: 'remark', severity: finding.kind === 'set' ? 'info' : 'warning', text: findingText(finding) }));
    });
    // Every attempt, gate and look of the run listens to this one signal.
    setMaxListeners(0, this.stopping.signal, this.leaving.signal);
    this.stopping.signal.addEventListener('abort', () => {
      const open = [...this.#gates.values()];
      this.#gates.clear();
      for (const gate of open) gate.reject(this.stopped());
      this.leaving.abort();
    });
    this.masker = masker;
    this.#secrets = new SecretKeeper(
      options.secret,
      () => placeOfSecrets(this.state.plan),
      masker,
      (severity, text) => {
        if (!this.state.remarks.some((remark) => remark.text === text)) this.emit({ type: 'remark', severity, text });
      },
    );
    this.#state = state;
    this.#seq = state?.lastSeq ?? 0;
  }

  get state(): RunState {
    if (this.#state === undefined) throw new Error('internal error: the run has no first event');
    return this.#state;
  }

  /** Masks the event, makes its sentences plain text and the whole durable, then tells everybody. Throws when the journal cannot take it. */
  emit(body: EventBody): void {
    const stamp = { seq: this.#seq + 1, at: new Date().toISOString(), mono: Math.round(performance.now() - this.#startedAt) };
    const event = stamped(plainEvent(this.masker.maskDeep(body, OUR_WORDS)), stamp);
    this.run.journal.append(event);
    this.#seq = stamp.seq;
    this.#state = reduce(this.#state, event);
    for (const listener of this.#listeners) this.#quietly(() => listener(event, this.state));
  }

  output(output: RunOutput): void {
    for (const listener of this.#outputListeners) this.#quietly(() => listener(output));
  }

  onEvent: RunHandle['onEvent'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onOutput: RunHandle['onOutput'] = (listener) => {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  };

  /** Opens a gate. `answered` rejects with {@link RunEnd} when the answer is to stop, or the run is stopped. */
  openGate(gate: WithoutId<Gate>): { readonly id: string; readonly answered: Promise<Answered>; withdraw(why: string): void } {
    if (this.stopping.signal.aborted) throw this.stopped();
    if (this.#lettingGo !== undefined && gate.kind !== 'prompt') throw new RunEnd('stopped', this.#lettingGo);
    const whole = { ...gate, id: `g${String(this.#seq + 1)}` } as Gate;
    const answered = new Promise<Answered>((resolve, reject) => {
      this.#gates.set(whole.id, { gate: whole, resolve, reject });
    });
    answered.catch(() => undefined);
    this.emit({ type: 'gate_opened', gate: whole });
    return {
      id: whole.id,
      answered,
      withdraw: (why) => {
        if (this.#gates.delete(whole.id))
          this.emit({ type: 'gate_closed', gate: whole.id, answer: { kind: 'withdrawn', why }, by: ITSELF });
      },
    };
  }

  /** Opens a gate and waits for its answer. */
  async ask(gate: WithoutId<Gate>): Promise<Answered> {
    const answered = await this.openGate(gate).answered;
    if (answered.answer.kind === 'stop') throw stoppedBy(gate.kind, answered);
    return answered;
  }

  answer: RunHandle['answer'] = (id, answer, by) => {
    const open = this.#gates.get(id);
    if (open === undefined) throw new HumanError('This question is no longer open.', 'Look at what the run asks now.');
    const person = by ?? (answer.kind === 'done' ? answer.by : undefined) ?? this.options.operator;
    const wrong = refusal(open.gate, answer, person, this.options.operator, this.state.plan);
    if (wrong !== undefined) throw new HumanError(this.masker.maskText(wrong), 'The question stays open.');
    this.#gates.delete(id);
    try {
      this.emit({ type: 'gate_closed', gate: id, answer, by: person });
    } catch (error) {
      // An answer that cannot be kept is none, and the run cannot go on without its journal.
      open.reject(error);
      throw error;
    }
    open.resolve({ answer, by: person });
    // Nobody waits for what a person types into a program; that they want no more of it concerns the whole run.
    if (open.gate.kind === 'prompt' && answer.kind === 'stop') {
      this.stopReason = stoppedBy('prompt', { answer, by: person }).message;
      this.stopping.abort();
    }
  };

  /** Why the run is let go to somebody elsewhere; undefined as long as it is not. */
  get lettingGo(): string | undefined {
    return this.#lettingGo;
  }

  /** The run has an end in its journal. */
  get ended(): boolean {
    return this.state.closedAt !== undefined;
  }

  /**
   * Ends the run after the steps under way, so that somebody elsewhere can go on with it. Open questions are taken back: they are asked
   * there. What a program under way asks stays, since it is answered here or not at all.
   */
  letGo(why: string): void {
    this.#lettingGo = why;
    for (const [id, open] of this.#gates) {
      if (open.gate.kind === 'prompt') continue;
      this.#gates.delete(id);
      this.emit({ type: 'gate_closed', gate: id, answer: { kind: 'withdrawn', why }, by: ITSELF });
      open.reject(new RunEnd('stopped', why));
    }
    this.leaving.abort();
  }

  /** Remembers the command that the operator's typing goes to. */
  register(step: string, target: string, running: RunningCommand): void {
    const key = `${step} ${target}`;
    this.#running.set(key, running);
    void running.ended.then(() => {
      if (this.#running.get(key) === running) this.#running.delete(key);
    });
  }

  input: RunHandle['input'] = (step, target, data) => this.#running.get(`${step} ${target}`)?.write(data);
  resize: RunHandle['resize'] = (step, target, columns, rows) => this.#running.get(`${step} ${target}`)?.resize(columns, rows);

  /** Value of a secret, known to the masker before anybody can print it. Undefined when nobody gives it. Asked once at a time. */
  secret(name: string): Promise<string | undefined> {
    const declared = this.state.plan.secrets[name];
    return declared === undefined ? Promise.resolve(undefined) : this.#secrets.get(name, declared);
  }

  /** Makes the mask know, before anything prints, every secret that can be had without asking a person. */
  takeSecretsAtHand(): Promise<void> {
    return this.#secrets.takeAtHand(this.state.plan.secrets);
  }

  knownSecret(name: string): string | undefined {
    return this.#secrets.known(name);
  }

  /** Keeps a value of a step as a secret, masked from now on. False when it cannot be masked. */
  keepSecretValue(place: SecretValuePlace, value: string): boolean {
    if (this.masker.register(value) === 'unusable') return false;
    this.#secretValues.set(keyOf(place), value);
    return true;
  }

  /** A secret value of a step of this process; the journal has none. */
  secretValue(place: SecretValuePlace): string | undefined {
    return this.#secretValues.get(keyOf(place));
  }

  /** Whether a secret has been given; to ask is no use of it. */
  hasSecret(name: string): boolean {
    return this.#secrets.has(name);
  }

  /** Ordinary output may look like this secret, so what shows it is not shown. */
  isWeakSecret(name: string): boolean {
    return this.#secrets.isWeak(name);
  }

  /** A listener that fails is not the run's trouble. */
  #quietly(call: () => void): void {
    try {
      call();
    } catch (error) {
      const shown = this.masker.maskError(error) as Error;
      queueMicrotask(() => {
        process.emitWarning(shown);
      });
    }
  }

  /** The end of a run that was told to stop. */
  stopped(): RunEnd {
    return new RunEnd('stopped', this.stopReason === '' ? 'The run was stopped.' : this.stopReason);
  }
}

/** The end of a run that a person stopped at a gate: a run that stops over something that went wrong has failed. */
export function stoppedBy(gate: Gate['kind'], { answer, by }: Answered): RunEnd {
  const why = answer.kind === 'stop' ? (answer.why ?? '') : '';
  const outcome = gate === 'failure' || gate === 'unknown' || gate === 'doubt' ? 'failed' : 'stopped';
  return new RunEnd(outcome, why === '' ? `${by} stopped the run.` : why);
}

function keyOf({ step, target, name }: SecretValuePlace): string {
  return `${name} ${target} ${step}`;
}

/** A short name for one attempt that can stand in a path on any host, and that nobody can guess. */
export function attemptId(step: string, target: string, number: number): string {
  const readable = `${step}.${target}`.replaceAll(/[^a-z0-9.]+/g, '-').slice(-60);
  return `${readable}.${String(number)}.${randomBytes(6).toString('hex')}`;
}

/** What is added here has no text of anybody in it. */
function stamped(body: Masked<EventBody>, stamp: Pick<RunEvent, 'seq' | 'at' | 'mono'>): Masked<RunEvent> {
  return { ...body, ...stamp };
}
