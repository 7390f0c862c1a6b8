import { createRequire } from 'node:module';
import { HumanError } from '../../../events/index.js';

/** The part of node-pty that is used; the copies of the editor and of npm share it. */
export interface NodePty {
  spawn(
    file: string,
    args: string[],
    options: { name: string; cols: number; rows: number; cwd: string; env: Record<string, string>; encoding: null },
  ): PtyProcess;
}

/** A process behind a terminal of its own. With `encoding: null` it hands over bytes. */
export interface PtyProcess {
  readonly pid: number;
  onData(listener: (data: string | Uint8Array) => void): unknown;
  onExit(listener: (end: { exitCode: number; signal?: number }) => void): unknown;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  kill(signal?: string): void;
}

/**
 * Loads a pty: the editor's own copy when its absolute path is given, else the optional npm package.
 * Rejects with a HumanError when there is none for this machine.
 */
export async function loadNodePty(path: string | undefined): Promise<NodePty> {
  if (path !== undefined) {
    try {
      return createRequire(path)(path) as NodePty;
    } catch {
      // The editor's layout may change from version to version: the package is tried next.
    }
  }
  try {
    const loaded = (await import('@lydell/node-pty')) as unknown as { default?: NodePty } & NodePty;
    return loaded.default ?? loaded;
  } catch {
    throw new HumanError(
      'This step needs a terminal on your own machine, and there is no pty for this system.',
      'Run it from the editor, or install the optional package @lydell/node-pty, or perform the step on a host over SSH.',
    );
  }
}
