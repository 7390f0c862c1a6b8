import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../src/events/index.js';
import type { TestEngine } from './running.js';

/** Cuts the journal of a run as if its runner had ended right after the first record that fits. */
export async function cutAfter({ directory, engine }: TestEngine, run: string, fits: (event: RunEvent) => boolean): Promise<void> {
  const file = join(directory, 'state', 'runs', run, 'journal.jsonl');
  const { events } = engine.read(run);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.slice(0, events.findIndex(fits) + lines.length - events.length).join('\n') + '\n');
  const last = engine.read(run).events.at(-1);
  assert.ok(last !== undefined && fits(last));
}
