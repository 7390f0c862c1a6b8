import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventLine, summary } from '../../../../src/cli/reporters/progress.js';
import type { Gate, RunEvent, RunState } from '../../../../src/events/index.js';
import { briefingsOf } from '../../../../src/extension/runs/briefings.js';
import { confirmText } from '../../../../src/extension/runs/confirmText.js';
import { noticeText } from '../../../../src/extension/noticeText.js';
import { ending, forTerminal, heading } from '../../../../src/extension/terminals/terminalText.js';
import { nodesOfPlan, nodesOfRun } from '../../../../src/extension/views/stepsModel.js';
import type { StepNode } from '../../../../src/extension/views/stepsModel.js';
import type { ToPanel } from '../../../../src/protocol/index.js';

/** Everything that shows or keeps something. */
export const SINKS = [
  'journal',
  'files of output',
  'other files of the state directory',
  'standard output',
  'standard error',
  'list of runs',
  'account of a run',
  'check of a journal',
  'report as Markdown',
  'report as HTML',
  'report as JSON',
  'panel',
  'terminal of a host',
  'terminal of a task',
  'tree of steps',
  'notifications and dialogs',
  'arguments of processes',
  'environment of other processes',
  'folder of the author',
  'temporary files',
  'files and log of the host',
] as const;
export type Sink = (typeof SINKS)[number];

/** What each sink was given. */
export class SinkContents {
  readonly #given = new Map<Sink, Buffer[]>();

  give(sink: Sink, content: string | Uint8Array): void {
    const given = this.#given.get(sink) ?? [];
    given.push(Buffer.from(content));
    this.#given.set(sink, given);
  }

  of(sink: Sink): Buffer {
    return Buffer.concat(this.#given.get(sink) ?? []);
  }

  /** All files below a directory, by name and content; `sinkOf` says where each belongs. */
  giveFiles(directory: string, sinkOf: (path: string) => Sink | undefined): void {
    for (const entry of entriesOf(directory)) {
      const sink = sinkOf(entry);
      if (sink === undefined) continue;
      this.give(sink, `${entry}\n`);
      this.give(sink, readFileSync(join(directory, entry)));
    }
  }

  /** What the editor makes of a run: panel, terminals, tree and notifications. */
  giveToEditor(states: readonly { readonly event: RunEvent; readonly state: RunState }[]): void {
    for (const { event, state } of states) {
      if (event.type === 'attempt_ended') this.give('terminal of a host', ending(event));
      this.give('terminal of a task', `${eventLine(event, state, { color: false }) ?? ''}\n`);
      if (event.type === 'gate_opened') this.#giveGate(event.gate, state);
    }
    const last = states.at(-1)?.state;
    if (last === undefined) return;
    const message: ToPanel = { type: 'state', state: last, now: new Date().toISOString(), live: true, briefings: briefingsOf(last) };
    this.give('panel', JSON.stringify(message));
    this.give('panel', texts(message).join('\n'));
    this.give('terminal of a task', summary(last, { color: false }));
    for (const step of Object.keys(last.steps)) this.give('terminal of a host', heading(step, 1));
    for (const node of [...nodesOfRun(last, true), ...nodesOfPlan(last.plan)].flatMap(flat))
      this.give('tree of steps', `${node.label}\n${node.description}\n${node.tooltip}\n`);
  }

  giveOutput(text: string): void {
    this.give('terminal of a host', forTerminal(text));
  }

  #giveGate(gate: Gate, state: RunState): void {
    this.give('notifications and dialogs', noticeText(texts(gate).join('\n')));
    if (gate.kind === 'confirm') this.give('notifications and dialogs', confirmText(gate, state));
  }
}

/** Every text in something: JSON alone would show a quote as two characters, and with it hide a canary from the search. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

function flat(node: StepNode): readonly StepNode[] {
  return [node, ...node.children.flatMap(flat)];
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((entry) => lstatSync(join(directory, entry)).isFile());
  } catch {
    // Whatever clears up behind a run may take a directory away under our eyes; what is gone keeps nothing.
    return [];
  }
}
