import * as vscode from 'vscode';
import type { RunEvent, RunOutput, RunState } from '../../events/index.js';
import { LOCAL } from '../../planner/index.js';
import { stepAt } from '../../protocol/index.js';
import type { RunController } from '../runs/runController.js';
import { HostTerminal } from './hostTerminal.js';
import { ending, heading } from './terminalText.js';

interface Open {
  readonly terminal: vscode.Terminal;
  readonly pty: HostTerminal;
  size: { readonly columns: number; readonly rows: number } | undefined;
}

/** One integrated terminal for each host of the run, and one for this machine once something is run on it. */
export class HostTerminals {
  readonly #open = new Map<string, Open>();
  readonly #controller: RunController;
  readonly #listening: vscode.Disposable;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#listening = vscode.Disposable.from(
      controller.onOutput((output) => this.#print(output)),
      controller.onEvent(({ event, state }) => this.#tell(event, state)),
      vscode.window.onDidCloseTerminal((terminal) => {
        for (const [host, open] of this.#open) if (open.terminal === terminal) this.#open.delete(host);
      }),
    );
  }

  dispose(): void {
    this.#listening.dispose();
    for (const { terminal } of this.#open.values()) terminal.dispose();
  }

  /** Hosts that have a terminal in this window. */
  get hosts(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Brings the terminal of a host to the front; makes it when there is none. */
  show(host: string): vscode.Terminal {
    const { terminal } = this.#of(host);
    terminal.show();
    return terminal;
  }

  #of(host: string): Open {
    const known = this.#open.get(host);
    if (known !== undefined) return known;
    const input = {
      typed: (data: string) => {
        const place = this.#runningAt(host);
        if (place !== undefined) this.#controller.handle?.input(place.step, place.target, data);
      },
      resized: (columns: number, rows: number) => {
        open.size = { columns, rows };
        const place = this.#runningAt(host);
        if (place !== undefined) this.#controller.handle?.resize(place.step, place.target, columns, rows);
      },
    };
    const pty = new HostTerminal(input, () => this.#open.size);
    const name = host === LOCAL ? 'this machine' : host;
    const terminal = vscode.window.createTerminal({ name, pty, iconPath: new vscode.ThemeIcon('vm'), isTransient: true });
    const open: Open = { terminal, pty, size: undefined };
    const isFirst = this.#open.size === 0;
    this.#open.set(host, open);
    if (isFirst) terminal.show(true);
    return open;
  }

  #print(output: RunOutput): void {
    const host = this.#controller.handle?.state.steps[output.step]?.[output.target]?.attempts.find(
      (attempt) => attempt.number === output.attempt,
    )?.atHost;
    if (host === undefined) return;
    this.#of(host).pty.write(output.stream === 'note' ? `\x1b[2m${output.text}\x1b[0m\n` : output.text);
  }

  #tell(event: RunEvent, state: RunState): void {
    if (event.type === 'attempt_intended') {
      const step = stepAt(state, event.step);
      const text = heading(step?.title ?? event.step, event.attempt, event.method);
      const prints = event.at_host !== LOCAL || step?.action === 'run' || step?.action === 'service';
      if (!prints && !this.#open.has(event.at_host)) return;
      const open = this.#of(event.at_host);
      open.pty.write(text);
      if (open.size !== undefined) this.#controller.handle?.resize(event.step, event.target, open.size.columns, open.size.rows);
    } else if (event.type === 'attempt_ended') {
      const host = state.steps[event.step]?.[event.target]?.attempts.at(-1)?.atHost;
      if (host !== undefined) this.#open.get(host)?.pty.write(ending(event));
    }
  }

  /** The attempt that what is typed goes to: the last one begun on the host that is still under way. */
  #runningAt(host: string): { readonly step: string; readonly target: string } | undefined {
    const { handle } = this.#controller;
    if (handle === undefined) return undefined;
    const running = Object.entries(handle.state.steps).flatMap(([step, targets]) =>
      Object.entries(targets).flatMap(([target, { attempts }]) => {
        const last = attempts.at(-1);
        return last !== undefined && last.ended === undefined && last.atHost === host ? [{ step, target, startedAt: last.startedAt }] : [];
      }),
    );
    return running.sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
  }
}
