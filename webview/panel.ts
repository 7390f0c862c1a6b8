import { showControls } from '../src/events/index.js';
import type { RunState } from '../src/events/index.js';
import { gateDigest, readToPanel } from '../src/protocol/index.js';
import type { FromPanel, ToPanel } from '../src/protocol/index.js';
import { registerComponents } from './components.js';
import { h, island } from './dom/node.js';
import { patch } from './dom/patch.js';
import { gateCard } from './gates/card.js';
import type { GateCard } from './gates/card.js';
import { Drafts } from './gates/drafts.js';
import { askedElsewhere } from './gates/askedElsewhere.js';
import { connectHost } from './host.js';
import './styles/page.css';
import './styles/overview.css';
import './styles/cards.css';
import './styles/steps.css';
import { pointsOfNoReturn, remarks } from './view/aftermath.js';
import { announcement } from './gates/announcements.js';
import type { ViewContext } from './view/context.js';
import { grid } from './view/grid.js';
import { overview } from './view/overview.js';
import { underWay } from './view/underWay.js';

type StateMessage = Extract<ToPanel, { type: 'state' }>;

const CLOCK_MS = 1000;

registerComponents();
const host = connectHost<FromPanel, ToPanel>(readToPanel);
const drafts = new Drafts(host);
const root = document.createElement('main');
const voice = document.createElement('div');
voice.className = 'only-heard';
voice.setAttribute('role', 'status');
document.body.append(voice, root);

const cards = new Map<string, GateCard>();
const opened = new Map<string, boolean>();
let shown: StateMessage | undefined;
let shownAt = 0;

function draw(): void {
  if (shown === undefined) return;
  const { state, live, elsewhere, briefings, now } = shown;
  const running = isCarriedOut(shown);
  const context: ViewContext = {
    state,
    live,
    elsewhere,
    briefings,
    now: Date.parse(now) + (running ? performance.now() - shownAt : 0),
    opened,
    post: (message) => host.post(message),
    redraw: draw,
  };
  const asked = live ? state.gates.map((gate) => island(cardKey(state, gate.id), () => cardOf(state, gate.id).element)) : [];
  const sections = [
    overview(context),
    ...(asked.length > 0 ? [h('section', { key: 'asked', class: 'asked', 'aria-label': 'Waiting for you' }, asked)] : []),
    askedElsewhere(context),
    underWay(context),
    grid(context),
    pointsOfNoReturn(context),
    remarks(context),
  ];
  patch(
    root,
    sections.filter((section) => section !== undefined),
  );
}

function isCarriedOut({ live, elsewhere, state }: StateMessage): boolean {
  return (live || elsewhere !== undefined) && state.closedAt === undefined;
}

function cardKey(state: RunState, gate: string): string {
  return `${state.run} ${gate} ${gateDigest(state, gate) ?? ''}`;
}

function cardOf(state: RunState, gate: string): GateCard {
  const key = cardKey(state, gate);
  const found = state.gates.find((candidate) => candidate.id === gate);
  const card = cards.get(key) ?? (found === undefined ? undefined : gateCard(found, state, host, drafts));
  if (card === undefined) throw new Error(`internal error: gate ${gate} is not open`);
  cards.set(key, card);
  return card;
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'state': {
      const before = shown?.state;
      shown = message;
      shownAt = performance.now();
      const open = new Set(message.state.gates.map((gate) => cardKey(message.state, gate.id)));
      for (const key of cards.keys()) if (!open.has(key)) cards.delete(key);
      drafts.retain(
        message.state.run,
        message.state.gates.map((gate) => gate.id),
      );
      draw();
      const words = announcement(before, message.state, message.live);
      if (words !== '') voice.textContent = showControls(words);
      return;
    }
    case 'no_run':
      shown = undefined;
      cards.clear();
      patch(root, [h('p', { class: 'empty' }, message.hint)]);
      return;
    case 'file_chosen':
      if (shown?.state.run === message.run) cards.get(cardKey(shown.state, message.gate))?.takeFile(message.given);
      return;
    case 'refused':
      if (shown?.state.run === message.run) cards.get(cardKey(shown.state, message.gate))?.complain(message.message);
  }
}

host.listen(receive);
setInterval(() => {
  if (shown !== undefined && isCarriedOut(shown)) draw();
}, CLOCK_MS);
host.post({ type: 'ready' });
