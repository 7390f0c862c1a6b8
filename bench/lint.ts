import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runbookOf } from './documents.js';
import { interleaved, processTime, table } from './measure.js';
import type { Case, Measured } from './measure.js';
import { installedPeers } from './peers.js';

const PARSE_ONLY = `
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
for (const file of process.argv.slice(2)) {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter });
  if (document.errors.length > 0) process.exitCode = 1;
}
`;
const ROUNDS = 9;
const FILES = 500;
/** A peer that takes longer than this for one file is not asked for larger ones. */
const PATIENCE = 20_000;

/** What a table is held against: the lint may take at most so many times as long as another row. */
interface Bar {
  readonly than: string;
  readonly most: number;
}

/**
 * Whole processes, round by round in turn: the lint with all rules, a node that does nothing, a node that only parses with the library that
 * judges our syntax (bundled, one process, one core), and other linters that are on the PATH, given as many steps in their own language.
 * Below each table stands what the lint should keep to. Only ratios of one table say something, and only on a machine with nothing else to do.
 */
export async function benchLint(root: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  const { installed, missing } = installedPeers();
  const tooSlow = new Set<string>();
  try {
    const parser = await parseOnly(root, directory);
    const command = join(root, 'dist/cli.mjs');
    const tables: string[] = [];
    for (const steps of [50, 1000]) {
      const file = join(directory, `s${String(steps)}.runbook.yaml`);
      writeFileSync(file, runbookOf(steps));
      const peers = installed
        .filter(({ name }) => !tooSlow.has(name))
        .map((peer): Case => {
          const folder = join(directory, `${peer.name}-${String(steps)}`);
          mkdirSync(folder);
          const words = peer.prepare(folder, steps, file);
          return { name: peer.name, once: () => processTime(peer.program, words, [0, 1, 2]) };
        });
      const measured = await interleaved(
        [
          { name: 'node -e 0', once: () => processTime(process.execPath, ['-e', '0']) },
          { name: 'parse only', once: () => processTime(process.execPath, [parser, file]) },
          { name: 'lint', once: () => processTime(process.execPath, [command, 'lint', file]) },
          ...peers,
        ],
        ROUNDS,
      );
      for (const { name, median } of measured) if (median > PATIENCE) tooSlow.add(name);
      const own: Bar = { than: 'parse only', most: steps === 50 ? 1.6 : 1.3 };
      const bars = [own, ...peers.map(({ name }): Bar => ({ than: name, most: 1 }))];
      tables.push(
        `${table(`lint, ${String(steps)} steps`, 'ms of a whole process', measured, ['node -e 0', 'parse only'])}${kept(measured, bars)}`,
      );
    }
    tables.push(await manyFiles(directory, parser, command));
    const note = missing.length === 0 ? '' : `not on the PATH, and so not compared: ${missing.join(', ')}\n`;
    return `${tables.join('\n')}${note}`;
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function manyFiles(directory: string, parser: string, command: string): Promise<string> {
  const folder = join(directory, 'many');
  mkdirSync(folder);
  const files = Array.from({ length: FILES }, (_, at) => join(folder, `f${String(at)}.runbook.yaml`));
  for (const [at, file] of files.entries()) writeFileSync(file, runbookOf(50).replace('id: sample', `id: sample_${String(at)}`));
  const measured = await interleaved(
    [
      { name: 'node -e 0', once: () => processTime(process.execPath, ['-e', '0']) },
      { name: 'parse only', once: () => processTime(process.execPath, [parser, ...files]) },
      { name: 'lint', once: () => processTime(process.execPath, [command, 'lint', folder]) },
    ],
    5,
  );
  const bar: Bar = { than: 'parse only', most: 1 / 1.3 };
  return `${table(`lint, ${String(FILES)} files of 50 steps`, 'ms of a whole process', measured, ['node -e 0', 'parse only'])}${kept(measured, [bar])}`;
}

/** One line for each bar: what it is, and what was measured, as ratios of medians. */
function kept(measured: readonly Measured[], bars: readonly Bar[]): string {
  const median = (name: string): number => measured.find((row) => row.name === name)?.median ?? Number.NaN;
  return bars
    .map(({ than, most }) => {
      const ratio = median('lint') / median(than);
      return `  lint / ${than}: ${ratio.toFixed(2)}, at most ${most.toFixed(2)}: ${ratio <= most ? 'kept' : 'missed'}\n`;
    })
    .join('');
}

async function parseOnly(root: string, directory: string): Promise<string> {
  const outfile = join(directory, 'parseOnly.cjs');
  await build({
    stdin: { contents: PARSE_ONLY, resolveDir: root },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}
