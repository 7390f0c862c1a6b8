import { setTimeout as sleep } from 'node:timers/promises';
import { listRuns } from '../../../../src/engine/index.js';
import type { RunSummary } from '../../../../src/engine/index.js';
import type { Session } from '../../../host/session.js';
import { PATIENCE_MS } from './counting.js';
import type { Counting } from './counting.js';
import { dialog, notice, pane, panel, pressInTitle } from './studio.js';

/** A window is reloaded once the journal has grown by so many records, and a moment later: that does not depend on how fast the machine is. */
const MOST_RECORDS = 14;
const LONGEST_MOMENT_MS = 1_200;
const LOOK_MS = 100;

/**
 * A person who carries runs out in a window that is reloaded at random. They go on in any of the ways the window offers, and decide what
 * nobody knows by the lines that the steps have left.
 */
export class Restless {
  /** What was wrong with the runs that came to their end. */
  readonly wrong: string[] = [];
  /** How the runs were gone on with, for a look at what was tried. */
  readonly ways: string[] = [];
  readonly #session: Session;
  readonly #counting: Counting;
  readonly #random: Generator<number, never>;
  readonly #judged = new Set<string>();
  /** Steps of the run under way that the person had done again. */
  #asked: string[] = [];

  constructor(session: Session, counting: Counting, random: Generator<number, never>) {
    this.#session = session;
    this.#counting = counting;
    this.#random = random;
  }

  /** Every run so far, newest first. */
  runs(): Promise<readonly RunSummary[]> {
    return listRuns(this.#counting.stateDirectory);
  }

  /** Judges the runs that have succeeded: one may have done so in the moment before the window was reloaded. */
  judge(runs: readonly RunSummary[]): void {
    for (const { run, status } of runs) if (status === 'succeeded') this.#over(run);
  }

  /** The newest run has not come to its good end. */
  async isUnderWay(): Promise<boolean> {
    const [newest] = await this.runs();
    return newest !== undefined && newest.status !== 'succeeded';
  }

  /**
   * Begins a run, or goes on with the one that is under way, until it has succeeded or a random point is reached: then the window is
   * reloaded. With `mayReload` false there is no such point. True when the window was reloaded.
   */
  async live(mayReload: boolean): Promise<boolean> {
    const most = mayReload ? Math.floor(this.#random.next().value * (MOST_RECORDS + 1)) : Infinity;
    const moment = this.#random.next().value * LONGEST_MOMENT_MS;
    const chance = this.#random.next().value;
    const before = await this.runs();
    this.judge(before);
    const left = before.find(({ status }) => status !== 'succeeded')?.run;
    const known = this.#records(left);
    const began = performance.now();
    for (let pressed = false; ; await sleep(LOOK_MS)) {
      const runs = await this.runs();
      const mine =
        left === undefined ? runs.find(({ run }) => before.every((known) => known.run !== run)) : runs.find(({ run }) => run === left);
      if (mine?.status === 'succeeded') {
        this.#over(mine.run);
        return false;
      }
      if (this.#records(mine?.run) - known >= most) {
        this.ways.push(`${mine?.run ?? 'before a run'}: reloaded after ${String(this.#records(mine?.run))} records`);
        await sleep(moment);
        await this.#session.reload();
        return true;
      }
      if (performance.now() - began > 2 * PATIENCE_MS || mine?.status === 'halted') throw new Error(this.#told(mine));
      // The window before this one may still be letting it go.
      if (!pressed && (mine === undefined || mine.holder === undefined)) {
        await (mine === undefined ? pressInTitle(this.#session, 'Run All Steps') : this.#goOn(mine, chance));
        pressed = true;
      }
      await this.#answer();
    }
  }

  #records(run: string | undefined): number {
    return run === undefined ? 0 : this.#counting.read(run).events.length;
  }

  /** What a run that does not go on looks like. */
  #told(run: RunSummary | undefined): string {
    const last = run === undefined ? [] : this.#counting.read(run.run).events.slice(1).slice(-10);
    const said = this.#session.log().split('\n');
    const errors = said.filter((line) => /runbook|TypeError/.test(line)).slice(-10);
    return ['the run does not go on', JSON.stringify(run), ...this.ways, ...last.map((event) => JSON.stringify(event)), ...errors].join(
      '\n',
    );
  }

  async #goOn({ run, status, title }: RunSummary, chance: number): Promise<void> {
    const { page } = this.#session;
    const item = pane(page, 'Runs').getByRole('treeitem').filter({ hasText: title }).first();
    await item.getByText(status).waitFor({ timeout: PATIENCE_MS });
    const fromPanel = (await page.getByRole('tab', { name: /Runbook Progress/ }).count()) > 0;
    const ways = ['view', 'palette', ...(fromPanel ? ['panel'] : []), ...(status === 'interrupted' ? ['notification'] : [])];
    const way = ways[Math.floor(chance * ways.length)];
    this.ways.push(`${run} (${status}): ${String(way)}`);
    switch (way) {
      case 'view':
        await item.hover();
        await item.getByRole('button', { name: 'Resume a Run' }).click();
        return;
      case 'palette':
        await this.#session.command('Resume a Run');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: run }).click();
        return;
      case 'panel':
        await panel(this.#session).locator('.overview vscode-button', { hasText: 'Resume' }).click({ timeout: PATIENCE_MS });
        return;
      default:
        await (await notice(this.#session, `"${title}"`)).getByRole('button', { name: 'Resume…' }).click();
    }
  }

  /** Answers what is asked at this moment; it need not be anything. */
  async #answer(): Promise<void> {
    const yes = dialog(this.#session).getByRole('button', { name: /^(Begin|Ask the Hosts)$/ });
    if ((await yes.count()) > 0) {
      // What was ended with the window is named before it is begun again.
      const again = /begun again from its start:((?:\s*• Step \d+ \(\w+\))+)/.exec(await dialog(this.#session).innerText())?.[1] ?? '';
      await yes.click();
      for (const [, step] of again.matchAll(/Step (\d+)/g)) this.#asked.push(`step_${String(step)}`);
    }
    const card = panel(this.#session).locator('section.card:not(.sent):not(.card-confirm)').first();
    if ((await card.count()) === 0) return;
    const text = await card.innerText();
    const step = /Step (\d+)/.exec(text)?.[1];
    if (step === undefined || !text.includes('Nobody knows how this ended')) throw new Error(`nobody expected this question: ${text}`);
    const done = this.#counting.lines().includes(`step_${step}`);
    if (!done) this.#asked.push(`step_${step}`);
    await card.locator('vscode-button', { hasText: done ? 'It has succeeded…' : 'Run it again…' }).click();
    await card.locator('.confirmation input').fill('by the lines it has left');
    await card.locator('.confirmation vscode-button', { hasText: done ? 'Count it as succeeded' : 'Run it again' }).click();
    await card.waitFor({ state: 'hidden' });
  }

  /** Judges a run that has come to its end, once. */
  #over(run: string): void {
    if (this.#judged.has(run)) return;
    this.#judged.add(run);
    const lines = this.#counting.lines();
    const { state, events } = this.#counting.read(run);
    for (const step of Object.keys(state?.steps ?? {})) {
      const times = lines.filter((line) => line === step).length;
      const asked = this.#asked.filter((name) => name === step).length;
      if (times === 0) this.wrong.push(`${run}: ${step} counts as done, but has left no line`);
      if (times > 1 + asked) {
        const story = events.filter((event) => 'step' in event && event.step === step).map((event) => JSON.stringify(event));
        this.wrong.push(`${run}: ${step} was done ${String(times)} times, asked for again ${String(asked)} times\n${story.join('\n')}`);
      }
    }
    this.#counting.forgetLines();
    this.#asked = [];
  }
}
