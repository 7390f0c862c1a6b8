import { isActingHere } from '../engine/index.js';
import type { RunHandle } from '../engine/index.js';
import type { Io } from './io.js';

/** What a shell reports for a program that its terminal has taken with it. */
const HUNG_UP = 129;

const REASONS = { SIGINT: 'Interrupted at the keyboard.', SIGTERM: 'The program that carried it out was told to end.' } as const;

/**
 * Ends a run in good order when this program is to end. When its terminal goes away, as on a connection that broke, steps on other
 * machines are left to go on and are found again at resume; with one under way on this machine the run is stopped. Returns the way to
 * stop listening.
 */
export function stopOnSignal(handle: RunHandle, io: Pick<Io, 'err'>): () => void {
  const stop = (why: string): void => {
    io.err('\nStopping: what is running is ended, the journal is closed.\n');
    void handle.stop(why);
  };
  const interrupted = (): void => {
    stop(REASONS.SIGINT);
  };
  const told = (): void => {
    stop(REASONS.SIGTERM);
  };
  const hungUp = (): void => {
    if (isActingHere(handle.state)) stop('The terminal of the program that carried it out was closed.');
    else process.exit(HUNG_UP);
  };
  // Nobody reads any more; that is no reason to leave a step alone.
  const unread = (): void => undefined;
  const streams = [process.stdout, process.stderr];
  for (const stream of streams) stream.on('error', unread);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', told);
  process.once('SIGHUP', hungUp);
  return () => {
    for (const stream of streams) stream.removeListener('error', unread);
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', told);
    process.removeListener('SIGHUP', hungUp);
  };
}
