import { existsSync } from 'node:fs';
import * as headless from '@xterm/headless';
import { EscapeFilter } from '../../../src/engine/terminal/escapeFilter.js';
import { forTerminal } from '../../../src/extension/terminals/terminalText.js';
import { ALLOWED, FORBIDDEN } from '../../engine/terminal/escapeCorpus.js';
import { MARKUP, UNSEEN } from '../means/deceptions.js';
import { forbiddenIn } from '../means/forbidden.js';
import { PanelSink } from '../means/panelSink.js';
import { textSinks } from '../means/textSinks.js';
import type { FaultCase, OpenRow, Row, Verdict } from '../row.js';

const xterm = (headless as { default?: typeof headless }).default ?? headless;

const CORPUS: readonly string[] = [...FORBIDDEN, ...ALLOWED.filter((text) => text !== 'plain'), ...UNSEEN, ...MARKUP];
/** Has no divisor in common with the size of the corpus, so that a part of the cases is a fair sample of it. */
const STRIDE = 131;
/** What a terminal may be given: text, colours, and moves of the cursor on its own lines. */
const HARMLESS = /^(?:[^\u0000-\u001f\u007f-\u009f]|[\b\t\n\r]|\x1b\[[0-9;:]*m|\x1b\[[012]?K|\x1b\[0?J|\x1b\[[0-9]{0,3}[A-DG])*$/;
const ABOVE = 'what was printed before';

export const escapes: Row = {
  id: 'escapes',
  title:
    'escape sequences, marks of direction, unseen characters and markup in every place that shows text: live terminal (cut at every place), plain text, command line, lint formats, plan, tree, tooltips, notifications, dialogs, and the panel in Chromium',
  must: 'no forbidden character arrives, a terminal neither answers nor writes above, the page holds nothing foreign and its policy has nothing to report',
  cases: { pr: 200, nightly: CORPUS.length },
  missing: () => Promise.resolve(existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium') ? undefined : 'it has no Chromium'),
  open: async () => new Escapes(await PanelSink.open()),
};

class Escapes implements OpenRow {
  readonly #panel: PanelSink;

  constructor(panel: PanelSink) {
    this.#panel = panel;
  }

  async run({ index }: FaultCase): Promise<Verdict> {
    const text = CORPUS[(index * STRIDE) % CORPUS.length] as string;
    const broken = (await inTerminal(text)) ?? (await asText(text)) ?? (await this.#onPage(text));
    return broken === undefined ? { kind: 'held', measured: { texts: 1 } } : { kind: 'broken', what: `${JSON.stringify(text)}: ${broken}` };
  }

  close(): Promise<void> {
    return this.#panel.close();
  }

  async #onPage(text: string): Promise<string | undefined> {
    const { texts, strange, reports } = await this.#panel.show(text);
    if (strange.length > 0) return `the page holds ${strange.join(', ')}`;
    if (reports.length > 0) return `the page reports ${reports.join(', ')}`;
    if (!texts.some((shown) => shown.includes('Failed'))) return 'the page does not show the run';
    const found = texts.map(forbiddenIn).find((character) => character !== undefined);
    return found === undefined ? undefined : `the page shows ${found}`;
  }
}

async function asText(text: string): Promise<string | undefined> {
  for (const [sink, shown] of await textSinks(`KEEP${text}KEEP`)) {
    const found = forbiddenIn(shown);
    if (found !== undefined) return `${sink} shows ${found}`;
    if (sink === 'export as HTML' && /<[a-z]/i.test(text) && shown.includes(text)) return `${sink} holds markup`;
  }
  return undefined;
}

/** The same however it is cut, harmless, and judged by a real terminal. */
async function inTerminal(text: string): Promise<string | undefined> {
  const line = `KEEP${text}KEEP`;
  const whole = filtered(line);
  if (!HARMLESS.test(whole)) return `a terminal is given ${JSON.stringify(whole)}`;
  for (let cut = 1; cut < line.length; cut += 1)
    if (filtered(line.slice(0, cut), line.slice(cut)) !== whole) return `cut at ${String(cut)} a terminal is given something else`;
  if (filtered(...line) !== whole) return 'cut everywhere a terminal is given something else';
  return judged(`${whole}\n`);
}

function filtered(...chunks: readonly string[]): string {
  const filter = new EscapeFilter();
  return `${chunks.map((chunk) => filter.filter(chunk)).join('')}${filter.end()}`;
}

async function judged(output: string): Promise<string | undefined> {
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const said: string[] = [];
  terminal.onData((data) => said.push(`answered ${JSON.stringify(data)}`));
  terminal.onTitleChange((title) => said.push(`took the title ${JSON.stringify(title)}`));
  terminal.onBell(() => said.push('rang'));
  await new Promise<void>((resolve) => terminal.write(`${ABOVE}\r\n${forTerminal(output)}`, resolve));
  const first = terminal.buffer.active.getLine(0)?.translateToString(true);
  if (terminal.buffer.active.type !== 'normal') said.push('went to another screen');
  if (first !== ABOVE) said.push(`wrote above: ${JSON.stringify(first)}`);
  terminal.dispose();
  return said.length === 0 ? undefined : `a terminal ${said.join(', ')}`;
}
