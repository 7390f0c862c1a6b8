import { parseDocument } from 'yaml';
import { createLanguageService } from '../src/language/index.js';
import { runbookOf, shortRunbookOf } from './documents.js';
import { interleaved, table } from './measure.js';
import type { Case, Measured } from './measure.js';
import { yamlServer } from './yamlServer.js';
import type { YamlServer } from './yamlServer.js';

const FILE = '/bench/sample.runbook.yaml';
/** Letters before it counts: the first texts are read as a whole, and whatever compiles code has done so. */
const WARM_UP = 12;

interface Size {
  readonly steps: number;
  readonly rounds: number;
  /** In ms. */
  readonly bar?: { readonly median: number; readonly p95?: number };
}

const SIZES: readonly Size[] = [
  { steps: 50, rounds: 60 },
  { steps: 300, rounds: 60, bar: { median: 8 } },
  { steps: 1000, rounds: 40, bar: { median: 16, p95: 40 } },
  { steps: 10_000, rounds: 5 },
];

/**
 * One letter typed in the middle of a runbook, from its text to all its diagnostics: by us, by yaml-language-server with our schema, and by the
 * library that only parses. All in one process, which has seen the text before.
 */
export async function benchKeystroke(root: string): Promise<string> {
  const server = yamlServer(root);
  const tables: string[] = [];
  for (const size of SIZES) {
    const measured = await interleaved(await casesOf(size, server), size.rounds);
    const bases = ['parse only', ...(server === undefined ? [] : ['yaml-language-server'])];
    tables.push(
      `${table(`keystroke, ${String(size.steps)} steps`, 'ms from the text to its diagnostics', measured, bases)}${kept(measured, size)}`,
    );
  }
  return `${tables.join('\n')}${server === undefined ? 'yaml-language-server could not be installed, and so is not compared\n' : ''}`;
}

async function casesOf({ steps }: Size, server: YamlServer | undefined): Promise<readonly Case[]> {
  const text = steps > 5000 ? shortRunbookOf(steps) : runbookOf(steps);
  const middle = text.indexOf(`Write the marker ${String(steps / 2)}`);
  const behind = text.indexOf('\n', middle);
  const typed = (at: number, before: string) => {
    let letters = before;
    return (): string => text.slice(0, at) + (letters += 'x') + text.slice(at);
  };
  const cases = [
    await diagnosing('keystroke', text, typed(middle, '')),
    await diagnosing('half a key', text, typed(behind, '\n    t')),
    timed('parse only', typed(middle, ''), (now) => parseDocument(now)),
    ...(server === undefined ? [] : [timed('yaml-language-server', typed(middle, ''), server)]),
  ];
  for (const { once } of cases) for (let letter = 0; letter < (steps > 5000 ? 3 : WARM_UP); letter++) await once();
  return cases;
}

async function diagnosing(name: string, opened: string, next: () => string): Promise<Case> {
  let text = opened;
  const service = createLanguageService({ workspace: { readText: async () => text } });
  await service.diagnose(FILE);
  return timed(name, next, (now) => {
    text = now;
    return service.diagnose(FILE);
  });
}

function timed(name: string, next: () => string, look: (text: string) => unknown): Case {
  return {
    name,
    once: async () => {
      const text = next();
      const started = performance.now();
      await look(text);
      return performance.now() - started;
    },
  };
}

/** What is asked of one letter. */
function kept(measured: readonly Measured[], { steps, bar }: Size): string {
  const row = measured.find(({ name }) => name === 'keystroke');
  if (row === undefined || bar === undefined) return '';
  const line = (what: string, is: number, most: number): string =>
    `  ${what} at ${String(steps)} steps: ${is.toFixed(1)} ms, at most ${String(most)}: ${is <= most ? 'kept' : 'missed'}\n`;
  return line('median', row.median, bar.median) + (bar.p95 === undefined ? '' : line('p95', row.p95, bar.p95));
}
