import type { ConfirmHost } from '../../events/index.js';
import { LOCAL, stepsOf } from '../../planner/index.js';
import type { HostName, PlanHost, PlanScope, PlanStep } from '../../planner/index.js';
import { rehearsalOf } from '../journal/rehearsal.js';
import { TransportError, UnfitHost } from '../transports/transport.js';
import { newLook } from './facts.js';
import type { HostLocks } from './hostLocks.js';
import type { Probing } from './probing.js';
import { RunEnd } from '../runEnd.js';
import type { Session } from './session.js';

/** Before the first act: sees the hosts, has the plan approved, keeps other runs off the hosts, and looks once more at the roles that were found by asking. */
export async function openRun(
  session: Session,
  probing: Probing,
  hostLocks: HostLocks,
  approval: 'ask' | 'flag',
  resumed: boolean,
): Promise<void> {
  await seeHosts(session);
  await approve(session, approval, resumed);
  await hostLocks.takeAll();
  if (!hasActed(session)) await recheckRoles(session, probing);
}

/** Actions that need a session with the host they are performed on. */
const OVER_A_CONNECTION: readonly PlanStep['action'][] = ['run', 'service', 'upload', 'download', 'reboot'];

/** Those of them that run commands, of which the host keeps evidence. */
const RUNS_COMMANDS: readonly PlanStep['action'][] = ['run', 'service', 'reboot'];

async function seeHosts(session: Session): Promise<void> {
  const { plan, hosts } = session.state;
  const needed = new Set<HostName>();
  const acting = new Set<HostName>();
  const acts = [...stepsOf(plan.steps)].flatMap((step) => (step.action === 'methods' ? Object.values(step.methods) : [step]));
  for (const act of acts.filter(({ action }) => OVER_A_CONNECTION.includes(action))) {
    for (const { at } of act.targets) {
      if (at === LOCAL || plan.hosts[at]?.connection !== 'ssh' || hosts[at]?.excluded !== undefined) continue;
      needed.add(at);
      if (RUNS_COMMANDS.includes(act.action)) acting.add(at);
    }
  }
  // All are waited for: whoever still connects would speak after the run has ended.
  const seen = await Promise.allSettled(
    [...needed].map(async (name) => {
      const host = plan.hosts[name] as PlanHost;
      try {
        const connection = await session.connections.to(host, session.stopping.signal);
        const bootId = await (acting.has(name) ? connection.preflight() : connection.bootId());
        session.emit({
          type: 'host_seen',
          host: name,
          user: connection.user,
          ...(connection.fingerprint === undefined ? {} : { fingerprint: connection.fingerprint }),
          ...(bootId === undefined ? {} : { bootId }),
        });
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        const what = error.message.includes(name) ? error.message : `${name}: ${error.message}`;
        const text = `${what}.${error.next === undefined ? '' : ` ${error.next}`}`;
        // A host that is down may be meant to be; one that we must not or cannot log in to never becomes usable by itself.
        if (error.reason === 'host_key' || error.reason === 'authentication' || error instanceof UnfitHost)
          throw new RunEnd('failed', text);
        session.emit({ type: 'remark', severity: 'warning', text });
      }
    }),
  );
  for (const result of seen) if (result.status === 'rejected') throw result.reason as Error;
}

async function approve(session: Session, approval: 'ask' | 'flag', resumed: boolean): Promise<void> {
  const { plan, digest, hosts } = session.state;
  const unrehearsed = unrehearsedText(session);
  if (approval === 'flag' && unrehearsed === undefined) {
    session.emit({ type: 'run_approved', by: session.options.operator, digest, how: 'flag' });
    return;
  }
  const irreversible = [...stepsOf(plan.steps)].flatMap((step) =>
    step.spec.irreversible === undefined || isDone(session, step)
      ? []
      : [{ step: step.path, title: step.title, why: step.spec.irreversible }],
  );
  const { answer, by } = await session.ask({
    kind: 'confirm',
    digest,
    text: `${confirmText(session, resumed)}${unrehearsed === undefined ? '' : ` ${unrehearsed}`}`,
    hosts: Object.values(plan.hosts).map((host): ConfirmHost => {
      const seen = hosts[host.name];
      const user = seen?.user ?? host.user;
      return {
        name: host.name,
        address: host.address,
        ...(user === undefined ? {} : { user }),
        ...(seen?.fingerprint === undefined ? {} : { fingerprint: seen.fingerprint }),
      };
    }),
    irreversible,
    ...(plan.environment.production ? { typed: plan.environment.id } : {}),
    ...(unrehearsed === undefined ? {} : { unrehearsed }),
  });
  // Without this word nothing may begin.
  if (answer.kind !== 'approve') throw new Error(`internal error: an approval was answered with ${answer.kind}`);
  if (unrehearsed === undefined) {
    session.emit({ type: 'run_approved', by, digest, how: 'asked' });
    return;
  }
  const { why } = answer;
  if (why === undefined) throw new Error('internal error: what was not rehearsed was approved without a reason');
  session.emit({ type: 'run_approved', by, digest, how: 'asked', why });
  session.emit({ type: 'remark', severity: 'warning', text: `${unrehearsed} ${by} approved it all the same: ${why}` });
}

/** What is missing where an environment wants a rehearsal elsewhere; undefined when nothing is, or a person has already said why. */
function unrehearsedText(session: Session): string | undefined {
  const { plan, approved } = session.state;
  const { rehearsedOn, title } = plan.environment;
  if (approved || rehearsedOn === undefined) return undefined;
  if (rehearsalOf(session.options.stateDirectory, plan.runbook, rehearsedOn) !== undefined) return undefined;
  return `${title} wants this very runbook to have succeeded on "${rehearsedOn}" before; no such run is kept here.`;
}

/** What an earlier part of the run has done needs no warning any more. */
function isDone({ state }: Session, step: PlanStep): boolean {
  return step.targets.every(({ key }) => state.steps[step.path]?.[key]?.status === 'succeeded');
}

function confirmText(session: Session, resumed: boolean): string {
  const { plan, only, from } = session.state;
  const what = `${resumed ? 'Go on with' : 'Run'} "${plan.runbook.title}" on ${plan.environment.title}?`;
  const begin = only ?? from;
  if (begin === undefined) return what;
  const before: string[] = [];
  for (const step of stepsOf(plan.steps)) {
    if (step.path === begin || step.path.startsWith(`${begin}/`) || step.path.startsWith(`${begin}@`)) break;
    // A run that begins further on still does its prerequisites.
    if (only !== undefined || step.section === 'steps') before.push(step.title);
  }
  const named = before.length === 0 ? '' : ` These steps come before it and will not be done: ${before.join('; ')}.`;
  return `${what} ${only === undefined ? `It begins at "${begin}".` : `Only "${begin}" is carried out.`}${named}`;
}

function hasActed({ state }: Session): boolean {
  return Object.values(state.steps).some((targets) => Object.values(targets).some(({ attempts }) => attempts.length > 0));
}

async function recheckRoles(session: Session, probing: Probing): Promise<void> {
  const { plan } = session.state;
  for (const derived of plan.derivedRoles) {
    const scope = plan.scopes[derived.scope] as PlanScope;
    const look = newLook('fresh', true, session.stopping.signal);
    const now: HostName[] = [];
    for (const host of derived.of) {
      const place = { scope, hosts: plan.hosts, hostRoles: derived.hostRoles, host };
      if ((await probing.facts.evaluate(derived.where, place, '', look)) === true) now.push(host);
    }
    if (now.length === 1 && now[0] === derived.host) continue;
    throw new RunEnd(
      'failed',
      `The role "${derived.role}" was ${derived.host} when the plan was made, and is ${now.length === 0 ? 'no host' : now.join(', ')} now. Make a new plan.`,
    );
  }
}
