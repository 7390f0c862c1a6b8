import type { Action, ActionContext, ActionResult } from './action.js';
import { failed } from './action.js';
import { commandOf } from './commandOf.js';

const SETTLE_MS = 1_000;

/** `reboot`: reboots the host, lets the connection go, and waits until it is back with another boot id. */
export const reboot: Action = {
  async perform(context) {
    if (context.host === undefined)
      return failed('value', 'The machine of the operator is not rebooted by a runbook.', {
        next: 'Say which hosts the step is about with "on".',
      });
    const connection = await context.connection();
    const before = context.bootIdBefore ?? (await connection.bootId());
    const command = await commandOf(
      { run: context.step.spec.reboot?.command ?? defaultCommand(context.host.platform), become: context.step.spec.become ?? false },
      {
        platform: context.host.platform,
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
    const end = await Promise.race([running.ended, gone(context, watching.signal)]);
    watching.abort();
    if (end.kind === 'exited' && end.code !== 0)
      return { ...failed('exit_code', `The reboot command ended with exit code ${String(end.code)}.`), exitCode: end.code } as ActionResult;
    return waitUntilBack(context, before);
  },
  async recover(context) {
    if (context.host === undefined) return { kind: 'again', why: 'It was refused.' };
    try {
      const now = await (await context.connection()).bootId();
      if (now === undefined || context.bootIdBefore === undefined)
        return { kind: 'unknown', why: 'The runner ended during the reboot, and the host has no boot id to compare.' };
      if (now === context.bootIdBefore)
        return { kind: 'unknown', why: 'The runner ended during the reboot, and the host still has its old boot id; it may yet go down.' };
      return { kind: 'ended', result: await waitUntilBack(context, context.bootIdBefore) };
    } catch (error) {
      return { kind: 'unknown', why: `The runner ended during the reboot, and the host cannot be asked: ${(error as Error).message}` };
    }
  },
};

/** Resolves when the host stops answering, for systems whose reboot command never returns. */
async function gone(context: ActionContext, watched: AbortSignal): Promise<{ kind: 'gone' }> {
  const host = context.host?.name ?? '';
  while (!context.signal.aborted) {
    await context.sleep(SETTLE_MS);
    if (watched.aborted) break;
    if (!(await context.reachable(host))) break;
  }
  return { kind: 'gone' };
}

async function waitUntilBack(context: ActionContext, before: string | undefined): Promise<ActionResult> {
  const backWhen = context.step.spec.reboot?.back_when;
  const host = context.host?.name ?? '';
  let seen = 'it has not answered yet';
  for (;;) {
    if (context.signal.aborted) return failed('timeout', `The host is not back in time: ${seen}.`);
    await context.sleep(Math.min(context.step.everyMs, 2_000));
    const rebooted = await hasRebooted(context, host, before);
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

/** True once the host answers with another boot id; otherwise what was seen instead. */
async function hasRebooted(context: ActionContext, host: string, before: string | undefined): Promise<true | string> {
  if (context.host?.connection === 'none') return true;
  if (!(await context.reachable(host))) return 'it does not answer';
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
