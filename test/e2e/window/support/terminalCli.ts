import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { loadNodePty } from '../../../../src/engine/transports/local/nodePty.js';
import { repository } from '../../../host/session.js';
import { PATIENCE_MS } from './counting.js';

/** The command line in a terminal of its own, with a person before it. */
export interface TerminalCli {
  /** Waits until it shows a text (after what was waited for last) and types an answer. */
  answer(question: string, typed: string): Promise<void>;
  /** Everything shown so far, without colours. */
  shown(): string;
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** Ends it for good, if it has not ended yet. */
  kill(): void;
}

/** Starts the built command line in a terminal. */
export async function startInTerminal(words: readonly string[], cwd: string): Promise<TerminalCli> {
  const pty = await loadNodePty(undefined);
  const env = { ...(process.env as Record<string, string>), NO_COLOR: '1', SSH_AUTH_SOCK: '', RUNBOOK_OPERATOR: 'carl' };
  const size = { name: 'xterm-256color', cols: 200, rows: 50 };
  const child = pty.spawn(process.execPath, [join(repository, 'dist/cli.mjs'), ...words], { ...size, cwd, env, encoding: null });
  let raw = '';
  let read = 0;
  child.onData((data) => (raw += typeof data === 'string' ? data : Buffer.from(data).toString()));
  let over = false;
  const ended = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      over = true;
      resolve(exitCode);
    });
  });
  const shown = (): string => stripVTControlCharacters(raw);
  return {
    answer: async (question, typed) => {
      const until = performance.now() + PATIENCE_MS;
      let at = shown().indexOf(question, read);
      for (; at < 0; at = shown().indexOf(question, read)) {
        if (over || performance.now() > until) throw new Error(`it does not ask "${question}":\n${shown()}`);
        await sleep(50);
      }
      read = at + question.length;
      child.write(`${typed}\r`);
    },
    shown,
    ended,
    kill: () => {
      if (!over) child.kill('SIGKILL');
    },
  };
}
