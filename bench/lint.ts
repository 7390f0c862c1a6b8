import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { runbookOf } from './documents.js';
import { interleaved, processTime, table } from './measure.js';

const PARSE_ONLY = `
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
const lineCounter = new LineCounter();
const document = parseDocument(readFileSync(process.argv[2], 'utf8'), { lineCounter });
if (document.errors.length > 0) process.exitCode = 1;
`;

/** Whole processes: the lint of a file against a node that does nothing and a node that only parses the file with the same parser, bundled. */
export async function benchLint(root: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const parser = join(directory, 'parseOnly.cjs');
    await build({
      stdin: { contents: PARSE_ONLY, resolveDir: root },
      outfile: parser,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    const tables: string[] = [];
    for (const steps of [50, 300, 1000]) {
      const file = join(directory, `s${String(steps)}.runbook.yaml`);
      writeFileSync(file, runbookOf(steps));
      const cases = [
        { name: 'node -e 0', once: () => processTime(process.execPath, ['-e', '0']) },
        { name: 'parse only', once: () => processTime(process.execPath, [parser, file]) },
        { name: 'lint', once: () => processTime(process.execPath, [join(root, 'dist/cli.mjs'), 'lint', file]) },
      ];
      tables.push(table(`lint, ${String(steps)} steps`, 'ms of a whole process', await interleaved(cases, 7), ['node -e 0', 'parse only']));
    }
    return tables.join('\n');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
