import type { EvidenceRequest } from '../../events/index.js';
import type { Evidence } from '../../language/index.js';
import type { ExpressionPlace, PlanScope, PlanStep, Target } from '../../planner/index.js';
import { LOCAL } from '../../planner/index.js';
import type { ActionContext } from '../steps/action.js';
import type { RunningCommand } from '../transports/transport.js';
import type { AttemptOutput } from './attemptOutput.js';
import type { Facts, Look } from './facts.js';
import { newLook } from './facts.js';
import type { Probing } from './probing.js';
import type { Session } from './session.js';

/** Everything an attempt is made of. */
export interface AttemptParts {
  readonly session: Session;
  readonly facts: Facts;
  readonly probing: Probing;
  readonly step: PlanStep;
  readonly target: Target;
  readonly number: number;
  readonly id: string;
  readonly bootIdBefore: string | undefined;
  readonly bootIdsOfTries: readonly string[];
  readonly output: AttemptOutput;
  readonly signal: AbortSignal;
  /** Whether something was sent that may still have an effect. */
  readonly sent: { now: boolean };
  /** What was started or taken up for it, in its order. */
  readonly commands: RunningCommand[];
}

/** The host the step is about, where it is about one. */
export function hostOf(target: Target): string | undefined {
  return target.about.length === 1 ? target.about[0] : undefined;
}

/** Where the expressions of a step stand. */
export function placeOf(session: Session, step: PlanStep, target: Target): ExpressionPlace {
  const { plan } = session.state;
  return {
    scope: plan.scopes[step.scope] as PlanScope,
    hosts: plan.hosts,
    hostRoles: step.hostRoles,
    host: step.hostRoles.length > 0 ? hostOf(target) : undefined,
  };
}

/** What an action of this attempt may use. */
export function attemptContext(parts: AttemptParts): ActionContext {
  const { session, facts, step, target, output, signal } = parts;
  const { plan } = session.state;
  const place = placeOf(session, step, target);
  const look: Look = newLook('known', true, signal);
  let progress = '';
  const underOperator = (running: RunningCommand): RunningCommand => {
    session.register(step.path, target.key, running);
    parts.commands.push(running);
    return {
      ...running,
      cancel: async (graceMs) => {
        const survivors = await running.cancel(graceMs);
        parts.sent.now = survivors.length > 0;
        return survivors;
      },
    };
  };
  const context: ActionContext = {
    step,
    target,
    host: target.at === LOCAL ? undefined : plan.hosts[target.at],
    attempt: { run: session.run.id, attempt: parts.id },
    signal,
    stopped: () => session.stopping.signal.aborted,
    bootIdBefore: parts.bootIdBefore,
    bootIdAtFirst: session.state.hosts[target.at]?.bootId,
    bootIdsOfTries: parts.bootIdsOfTries,
    baseDirectory: session.state.base,
    downloadDirectory: session.run.downloadDirectory,
    render: (text, options) => facts.render(text, { ...place, secrets: options?.secrets ?? false }, step.path, look),
    renderText: async (text, options) => String(await context.render(text, options)),
    evaluate: (cel, extras) => facts.evaluate(cel, { ...place, ...(extras === undefined ? {} : { extras }) }, step.path, look),
    secret: async (name) => {
      const value = await session.secret(name);
      if (value === undefined) throw new MissingSecret(name);
      return value;
    },
    connection: () => session.connections.to(plan.hosts[target.at] ?? localHost(), signal),
    reachable: async (host) => {
      const planned = plan.hosts[host];
      return planned !== undefined && session.connections.reachable(planned);
    },
    assertMayAct: () => {
      session.options.assertMayAct();
      // A question changes nothing.
      if ((step.spec.http?.method ?? 'GET') !== 'GET') parts.sent.now = true;
    },
    start: async (connection, command, io) => {
      parts.sent.now = true;
      return underOperator(await connection.start(command, io));
    },
    follow: async (connection, io, from) => underOperator(await connection.attach(context.attempt, io, from)),
    print: (stream, bytes) => {
      output.write(stream, bytes);
    },
    missed: (stream, bytes) => {
      output.missed(stream, bytes);
    },
    printed: () => output.tail(),
    screen: () => output.screen(),
    keepSecret: (name, value) => session.keepSecretValue({ step: step.path, target: target.key, name }, value),
    quoted: (text) => (output.hides() ? '' : session.masker.maskText(text)),
    progress: (text) => {
      if (text === progress) return;
      progress = text;
      session.emit({ type: 'attempt_progress', step: step.path, target: target.key, attempt: parts.number, text });
    },
    probe: (probe) => parts.probing.ask(probe, step, target, newLook('fresh', false, signal)),
    ask: (gate) => session.ask({ ...gate, step: step.path, target: target.key }),
    openGate: (gate) => {
      const open = session.openGate({ ...gate, step: step.path, target: target.key });
      return {
        answered: open.answered.then(({ answer }) => answer),
        close: (why) => {
          open.withdraw(why);
        },
      };
    },
    evidenceRequests: () => evidenceRequests(context),
    sleep: (ms) => sleepUnless(signal, ms),
  };
  return context;
}

/** A secret the step needs is not to be had. */
export class MissingSecret extends Error {
  override readonly name = 'MissingSecret';
  constructor(readonly secret: string) {
    super(`Nobody gave the secret "${secret}".`);
  }
}

async function evidenceRequests(context: ActionContext): Promise<readonly EvidenceRequest[]> {
  const requests: EvidenceRequest[] = [];
  let attestations = 0;
  for (const wanted of context.step.evidence) {
    const common = {
      ...(wanted.type === undefined ? {} : { type: wanted.type }),
      ...(wanted.pattern === undefined ? {} : { pattern: wanted.pattern }),
      ...(wanted.options === undefined ? {} : { options: wanted.options }),
    };
    if (wanted.attest !== undefined) {
      attestations += 1;
      requests.push({ id: `attest_${String(attestations)}`, kind: 'attest', title: await context.renderText(wanted.attest) });
      continue;
    }
    const { kind, id } = fieldOf(wanted);
    requests.push({ id, kind, title: wanted.title ?? id.replaceAll('_', ' '), ...common });
  }
  return requests;
}

/** What is asked for, where it is no sentence to confirm: the schema wants exactly one of them. */
function fieldOf({ value, choice, file }: Evidence): { readonly kind: 'value' | 'choice' | 'file'; readonly id: string } {
  if (value !== undefined) return { kind: 'value', id: value };
  if (choice !== undefined) return { kind: 'choice', id: choice };
  if (file !== undefined) return { kind: 'file', id: file };
  throw new Error('internal error: evidence of no kind');
}

/** Resolves after a time, or at once when the signal is aborted. */
export function sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

const PLATFORMS: Partial<Record<NodeJS.Platform, 'macos' | 'windows'>> = { darwin: 'macos', win32: 'windows' };

export function localHost(): {
  name: string;
  address: string;
  connection: 'local';
  platform: 'linux' | 'macos' | 'windows';
  vars: Record<string, never>;
} {
  return { name: LOCAL, address: 'localhost', connection: 'local', platform: PLATFORMS[process.platform] ?? 'linux', vars: {} };
}
