import type { EvidenceGiven, Gate, GateAnswer, RunState } from '../../src/events/index.js';
import type { Child } from '../dom/node.js';
import type { Drafts } from './drafts.js';

export type GateOf<Kind extends Gate['kind']> = Extract<Gate, { kind: Kind }>;

/** What a gate's card has to work with. */
export interface GateContext {
  readonly state: RunState;
  readonly drafts: ReturnType<Drafts['of']>;
  readonly answer: (answer: GateAnswer) => void;
  readonly chooseFile: (field: string) => void;
  readonly openTerminal: (host: string) => void;
  readonly openLink: (href: string) => void;
  /** Shows why an answer cannot be sent. */
  readonly complain: (message: string) => void;
  /** Calls back when the host has read the file that was asked for. */
  readonly onFile: (receive: (given: EvidenceGiven) => void) => void;
}

/** What a card shows between its heading and its complaint line. */
export type GateBody = readonly Child[];
