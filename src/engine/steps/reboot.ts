import type { PlanHost } from '../../planner/index.js';
import type { Action, ActionContext, ActionResult, Recovery } from './action.js';
import { failed } from './action.js';
import { commandOf } from './commandOf.js';
import type { AttemptEvidence } from '../transports/transport.js';

const SETTLE_MS = 1_000;

/** Exit code of a shell for a program that HUP has ended: what a host does to a command whose connection is gone. */
export const HUNG_UP = 129;

/** `reboot`: reboots the host, lets the connection go, and waits until it is back with another boot id. */
export const reboot: Action = {
  async perform(context) {
    const { host } = context;
    if (host === undefined)
      return failed('value', 'The machine of the operator is not rebooted by a runbook.', {
        next: 'Say which hosts the step is about with "on".',
      });
    const earlier = await rebootedSinceATry(context, host);
    if (earlier !== undefined) {
      context.print('note', 'It has been rebooted since this step was first tried; it is not rebooted again.\n');
      return waitUntilBack(context, host, earlier, 0);
    }
    const connection = await context.connection();
    const before = context.bootIdBefore ?? (await connection.bootId());
    const command = await commandOf(
      { run: context.step.spec.reboot?.command ?? defaultCommand(host.platform), become: context.step.spec.become ?? false },
      {
        platform: host.platform,
        render: (text, options) => context.render(text, options),
        condition: async (cel) => (await context.evaluate(cel)) === true,
        secret: (name) => context.secret(name),
      },
    );
    const running = await context.start(
      connection,
      { ...command, attempt: context.attempt },
      {
        stdout: (bytes) => {
          context.print('stdout', bytes);
        },
        stderr: (bytes) => {
          context.print('stderr', bytes);
        },
      },
    );
    const watching = new AbortController();
    const end = await Promise.race([running.ended, gone(context, host, watching.signal)]);
    watching.abort();
    if (end.kind === 'exited' && end.code !== 0) return refused(end.code);
    return waitUntilBack(context, host, before);
  },
  recover,
};

/** How long a host without `timeout` may take to come back. */
const BACK_MS = 30 * 60_000;

/** The runner ended under a reboot: only the host can tell, and only once it answers again. */
async function recover(context: ActionContext): Promise<Recovery> {
  const { bootIdBefore: before, host } = context;
  if (host === undefined) return { kind: 'again', why: 'It was refused.' };
  if (before === undefined) return { kind: 'unknown', why: 'The runner ended during the reboot, and the host has no boot id to compare.' };
  const limit = AbortSignal.timeout(context.step.timeoutMs ?? BACK_MS);
  const limited = { ...context, signal: AbortSignal.any([context.signal, limit]) };
  const seen = await seenOnceBack(limited, host, before);
  switch (seen?.kind) {
    case undefined:
      return { kind: 'unknown', why: 'The runner ended during the reboot, and the host has not answered in time since.' };
    case 'not_started':
      return { kind: 'again', why: 'The host never began it.' };
    case 'none':
      return { kind: 'unknown', why: 'The runner ended during the reboot, and the host may yet go down.' };
    case 'finished':
      if (seen.code === HUNG_UP)
        return { kind: 'unknown', why: 'The runner ended, which ended the reboot command too; the host may yet go down.' };
      return { kind: 'ended', result: seen.code === 0 ? await waitUntilBack(limited, host, before) : refused(seen.code) };
    default:
      return { kind: 'ended', result: await waitUntilBack(limited, host, before) };
  }
}

/** Waits until the host answers; says whether it has rebooted, else what it knows of the command. Undefined when it does not answer in time. */
async function seenOnceBack(
  context: ActionContext,
  host: PlanHost,
  before: string,
): Promise<AttemptEvidence | { readonly kind: 'rebooted' } | undefined> {
  while (!context.signal.aborted) {
    try {
      if (await context.reachable(host.name)) {
        const connection = await context.connection();
        return (await connection.bootId()) === before ? await connection.collect(context.attempt) : { kind: 'rebooted' };
      }
    } catch {
      // It goes down just now, or is not far enough yet.
    }
    await context.sleep(pauseMs(context));
  }
  return undefined;
}

/**
 * The boot id the host had before an earlier try, when it has another one now: that try had its effect, if late, and a second reboot is
 * not to follow by itself. Waits for a host that does not answer.
 */
async function rebootedSinceATry(context: ActionContext, host: PlanHost): Promise<string | undefined> {
  if (context.bootIdsOfTries.length === 0) return undefined;
  while (!context.signal.aborted) {
    try {
      if (await context.reachable(host.name)) {
        const now = await (await context.connection()).bootId();
        return now === undefined ? undefined : context.bootIdsOfTries.find((before) => before !== now);
      }
    } catch {
      // It goes down just now, or is not far enough yet.
    }
    context.progress('Waiting for it to come back from the reboot that was tried before.');
    await context.sleep(pauseMs(context));
  }
  return undefined;
}

function refused(code: number): ActionResult {
  return { ...failed('exit_code', `The reboot command ended with exit code ${String(code)}.`), exitCode: code } as ActionResult;
}

/** Resolves when the host stops answering, for systems whose reboot command never returns. */
async function gone(context: ActionContext, host: PlanHost, watched: AbortSignal): Promise<{ kind: 'gone' }> {
  while (!context.signal.aborted) {
    await context.sleep(SETTLE_MS);
    if (watched.aborted) break;
    if (!(await context.reachable(host.name))) break;
  }
  return { kind: 'gone' };
}

async function waitUntilBack(
  context: ActionContext,
  host: PlanHost,
  before: string | undefined,
  settleMs = pauseMs(context),
): Promise<ActionResult> {
  const backWhen = context.step.spec.reboot?.back_when;
  let seen = 'it has not answered yet';
  for (let pause = settleMs; ; pause = pauseMs(context)) {
    if (context.stopped()) return stoppedMeanwhile(seen);
    if (context.signal.aborted) return failed('timeout', `The host is not back in time: ${seen}.`);
    await context.sleep(pause);
    const rebooted = await hasRebooted(context, host, before);
    // What the time limit cut short saw nothing; what was seen before is the reason.
    if (context.signal.aborted) continue;
    if (rebooted !== true) {
      seen = rebooted;
    } else if (backWhen === undefined) {
      return { kind: 'done' };
    } else {
      const result = await context.probe(backWhen);
      if (result.verdict === 'holds') return { kind: 'done' };
      seen = result.text;
    }
    context.progress(`Waiting for it to come back: ${seen}`);
  }
}

function pauseMs(context: ActionContext): number {
  return Math.min(context.step.everyMs, 2_000);
}

/** It was told to reboot, and nobody waited for the end: a second reboot is not to follow by itself. */
function stoppedMeanwhile(seen: string): ActionResult {
  const message = `The run was stopped while the host was to reboot: ${seen}.`;
  return { kind: 'unknown', failure: { reason: 'cancelled', message } };
}

/** True once the host answers with another boot id; otherwise what was seen instead. */
async function hasRebooted(context: ActionContext, host: PlanHost, before: string | undefined): Promise<true | string> {
  if (!(await context.reachable(host.name))) return 'it does not answer';
  try {
    const now = await (await context.connection()).bootId();
    if (before === undefined || now === undefined) return true;
    return now === before ? 'it has not gone down yet' : true;
  } catch (error) {
    return (error as Error).message;
  }
}

function defaultCommand(platform: string): string {
  return platform === 'windows' ? 'Restart-Computer -Force' : 'reboot';
}
