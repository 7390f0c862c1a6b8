import type { FromPlanPage, ToPlanPage } from '../../src/protocol/index.js';
import type { Host } from '../host.js';

/** How long the page waits before it keeps how far it was scrolled, in ms. */
const PAUSE_MS = 200;

interface Kept {
  readonly uri: string;
  /** What a person has opened (`true`) or closed, by key. */
  readonly opened: Readonly<Record<string, boolean>>;
  readonly active?: string;
  readonly scroll: number;
}

/** What a person did to the page of one runbook: it is the same again when the page was hidden, or the window was closed. */
export class Memory {
  readonly #host: Host<FromPlanPage, ToPlanPage>;
  #uri = '';
  #opened = new Map<string, boolean>();
  #active: string | undefined;
  #scroll: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host<FromPlanPage, ToPlanPage>) {
    this.#host = host;
    const kept = readKept(host.kept());
    if (kept !== undefined) {
      this.#uri = kept.uri;
      this.#opened = new Map(Object.entries(kept.opened));
      this.#active = kept.active;
      this.#scroll = kept.scroll;
    }
    window.addEventListener('scroll', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#keep(), PAUSE_MS);
    });
  }

  /** The runbook the page is about from now on. Of another one nothing is remembered. */
  about(uri: string): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#opened.clear();
    this.#active = undefined;
    this.#scroll = undefined;
    this.#keep();
  }

  /** Goes where the page was when it was last shown: once, when there is something to show again. */
  scrollBack(): void {
    if (this.#scroll !== undefined) window.scrollTo(0, this.#scroll);
    this.#scroll = undefined;
  }

  isOpen(key: string, otherwise: boolean): boolean {
    return this.#opened.get(key) ?? otherwise;
  }

  turn(key: string, isOpen: boolean): void {
    this.#opened.set(key, isOpen);
    this.#keep();
  }

  open(path: string): void {
    this.turn(path, true);
  }

  /** The row that the tab key leads to. */
  get active(): string | undefined {
    return this.#active;
  }

  set active(path: string | undefined) {
    this.#active = path;
    this.#keep();
  }

  #keep(): void {
    const active = this.#active === undefined ? {} : { active: this.#active };
    this.#host.keep({ uri: this.#uri, opened: Object.fromEntries(this.#opened), scroll: window.scrollY, ...active } satisfies Kept);
  }
}

function readKept(value: unknown): Kept | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, opened, active, scroll } = value as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof opened !== 'object' || opened === null || typeof scroll !== 'number') return undefined;
  return { uri, opened: opened as Record<string, boolean>, scroll, ...(typeof active === 'string' ? { active } : {}) };
}
