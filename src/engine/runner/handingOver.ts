import { answerRequest, requestFor } from '../journal/handOver.js';
import type { HandOverRequest } from '../journal/handOver.js';
import type { Session } from './session.js';

const LOOK_MS = 1000;

/** Looks for people who ask to go on with this run elsewhere, and lets it go where the person here agrees. Returns the way to stop looking. */
export function watchForHandOver(session: Session): () => void {
  let last = '';
  const look = (): void => {
    const request = requestFor(session.run.directory);
    if (request === undefined || request.id === last || session.lettingGo !== undefined) return;
    last = request.id;
    decide(session, request).catch(() => {
      // The journal takes nothing more, or the directory is gone: the run cannot go on either, and says so as it ends.
      session.stopping.abort();
    });
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

async function decide(session: Session, request: HandOverRequest): Promise<void> {
  const { directory } = session.run;
  const { id, by, machine, why } = request;
  answerRequest(directory, id, 'seen');
  session.emit({ type: 'remark', severity: 'info', text: `${by} on ${machine} asks to take this run over: ${why}` });
  const agreed = await askHere(session, request);
  // Meanwhile the run may have ended, or the wish been taken back.
  if (session.ended || requestFor(directory)?.id !== id) return;
  if (agreed) {
    session.letGo(`${session.options.operator} let the run go; ${by} on ${machine} goes on with it: ${why}`);
    answerRequest(directory, id, 'letting_go');
    return;
  }
  session.emit({ type: 'remark', severity: 'info', text: `The run stays here; ${by} on ${machine} was told so.` });
  answerRequest(directory, id, 'refused');
}

async function askHere({ options }: Session, request: HandOverRequest): Promise<boolean> {
  try {
    return (await options.allowHandOver?.(request)) === true;
  } catch {
    // Nobody could be asked: the run stays where it is.
    return false;
  }
}
