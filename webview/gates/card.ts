import { showControls } from '../../src/events/index.js';
import type { EvidenceGiven, Gate, RunState } from '../../src/events/index.js';
import { gateDigest, splitQuestion, titlesOf } from '../../src/protocol/index.js';
import { h } from '../dom/node.js';
import { create } from '../dom/patch.js';
import type { Host } from '../host.js';
import { icon } from '../view/icon.js';
import type { GateBody, GateContext } from './context.js';
import type { Drafts } from './drafts.js';
import { failureGate } from './failure.js';
import { manualGate } from './manual.js';
import { confirmGate } from './confirm.js';
import { doubtGate, methodGate, promptGate, unknownGate, valueGate } from './others.js';
import { windowGate } from './window.js';

/** A gate as the panel shows it. Made once; a later state never touches it. */
export interface GateCard {
  readonly element: HTMLElement;
  /** Shows why the host did not take an answer, and lets the person answer again. */
  complain(message: string): void;
  takeFile(given: EvidenceGiven): void;
}

const KICKER: Readonly<Record<Gate['kind'], string>> = {
  manual: 'You do this',
  method: 'Choose how',
  failure: 'Failed',
  unknown: 'Nobody knows how this ended',
  prompt: 'The program asks',
  doubt: 'You decide',
  window: 'Not now',
  value: 'Must be known',
  confirm: 'Before the first act',
};

/** Makes the card of an open gate. */
export function gateCard(gate: Gate, state: RunState, host: Host, drafts: Drafts): GateCard {
  const receivers: ((given: EvidenceGiven) => void)[] = [];
  const complaint = document.createElement('p');
  complaint.className = 'complaint';
  complaint.setAttribute('role', 'alert');
  const complain = (message: string): void => {
    complaint.textContent = showControls(message);
    element.classList.remove('sent');
  };
  const about = { run: state.run, gate: gate.id, drawn: gateDigest(state, gate.id) ?? '' };
  const context: GateContext = {
    state,
    drafts: drafts.of(state.run, gate.id),
    answer: (answer) => {
      complaint.textContent = '';
      element.classList.add('sent');
      host.post({ type: 'answer', ...about, answer });
    },
    chooseFile: (field) => host.post({ type: 'choose_file', ...about, field }),
    openTerminal: (name) => host.post({ type: 'open_terminal', run: state.run, host: name }),
    openLink: (href) => host.post({ type: 'open_link', run: state.run, href }),
    complain,
    onFile: (receive) => receivers.push(receive),
  };
  const heading = `gate-${gate.id}`;
  const element = create(
    h(
      'section',
      { class: `card card-${gate.kind}`, 'aria-labelledby': heading, tabindex: '-1' },
      h(
        'header',
        {},
        icon(gate.kind === 'failure' ? 'failed' : gate.kind === 'unknown' ? 'unknown' : 'waiting'),
        h('span', { class: 'kicker' }, KICKER[gate.kind]),
        h('span', { class: 'where' }, whereOf(gate)),
      ),
      h('h2', { id: heading }, titleOf(gate, state)),
      phaseOf(gate, state),
      body(gate, context),
      { key: 'complaint', make: () => complaint },
    ),
  ) as HTMLElement;
  return { element, complain, takeFile: (given) => receivers.forEach((receive) => receive(given)) };
}

function body(gate: Gate, context: GateContext): GateBody {
  switch (gate.kind) {
    case 'manual':
      return manualGate(gate, context);
    case 'method':
      return methodGate(gate, context);
    case 'failure':
      return failureGate(gate, context);
    case 'unknown':
      return unknownGate(gate, context);
    case 'prompt':
      return promptGate(gate, context);
    case 'doubt':
      return doubtGate(gate, context);
    case 'window':
      return windowGate(gate, context);
    case 'value':
      return valueGate(gate, context);
    case 'confirm':
      return confirmGate(gate, context);
  }
}

/** What a gate is called, in the panel and in its announcement. */
export function titleOf(gate: Gate, state: RunState): string {
  if (gate.kind === 'confirm') return splitQuestion(gate.text).question;
  if (gate.kind === 'window') return 'The steps may not begin yet';
  if (gate.kind === 'value') return gate.request.title;
  return titlesOf(state, gate.step).at(-1) ?? gate.step;
}

function phaseOf(gate: Gate, state: RunState): ReturnType<typeof h> | undefined {
  if (!('step' in gate)) return undefined;
  const phases = titlesOf(state, gate.step).slice(0, -1);
  return phases.length === 0 ? undefined : h('p', { class: 'phase' }, phases.join(' › '));
}

/** The host a gate is about; empty where it is about none, or many. */
export function whereOf(gate: Gate): string {
  if ('target' in gate) return gate.target === '-' ? '' : gate.target;
  return 'host' in gate ? (gate.host ?? '') : '';
}
