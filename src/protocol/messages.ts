import type { EvidenceGiven, GateAnswer, RunState } from '../events/index.js';

/** What the panel is told. It is rebuilt from `state` alone; nothing else is remembered in it. */
export type ToPanel =
  /** `now`: time of the host (ISO 8601), so that elapsed time does not depend on the clock of the browser. `live`: carried out by this window; `elsewhere`: by whom where another process does, in words. */
  | {
      readonly type: 'state';
      readonly state: RunState;
      readonly now: string;
      readonly live: boolean;
      readonly elsewhere?: string;
      readonly briefings: readonly Briefing[];
    }
  | { readonly type: 'no_run'; readonly hint: string }
  | { readonly type: 'file_chosen'; readonly run: string; readonly gate: string; readonly given: EvidenceGiven }
  | { readonly type: 'refused'; readonly run: string; readonly gate: string; readonly message: string };

/** What a person should know about a step that is under way. Its texts are the plan's, with the values that are known filled in. */
export interface Briefing {
  readonly step: string;
  readonly notes: readonly {
    readonly severity: 'note' | 'important' | 'warning' | 'caution';
    readonly text: string;
    readonly link?: string;
  }[];
  readonly impact?: string;
  readonly expect?: string;
  readonly watch: readonly { readonly title: string; readonly href: string }[];
}

/** What the panel may ask for; each names the run it was drawn from. What is about a gate names it, and as `drawn` its {@link gateDigest}. The host checks all of it. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly run: string; readonly gate: string; readonly drawn: string; readonly answer: GateAnswer }
  | { readonly type: 'choose_file'; readonly run: string; readonly gate: string; readonly drawn: string; readonly field: string }
  /** Opens an address that the state holds: of the gate, of a watched place or of a note. The host looks it up and opens nothing else. */
  | { readonly type: 'open_link'; readonly run: string; readonly href: string }
  | { readonly type: 'open_terminal'; readonly run: string; readonly host: string }
  | { readonly type: 'reveal_step'; readonly run: string; readonly step: string }
  | { readonly type: 'stop'; readonly run: string }
  | { readonly type: 'resume'; readonly run: string }
  | { readonly type: 'take_over'; readonly run: string };
