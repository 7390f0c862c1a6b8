import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalBench } from './localBench.js';
import { SHAPES } from './shapes.js';
import type { Shape } from './shapes.js';

const GOLDEN = join(import.meta.dirname, '../../fixtures/journals');
/** Ways to run a shape that make journals of their own: to its end, with a step that fails, and begun twice. */
const ENDINGS = ['succeeded', 'failed', 'resumed'] as const;

/** The bytes of a journal, in a directory of its own that the caller removes. */
export interface RecordedJournal {
  readonly name: string;
  readonly bytes: Buffer;
  readonly directory: string;
}

/** A journal by its number: first those that are kept for their format, then one of a real run, made now. */
export async function recordedJournal(index: number): Promise<RecordedJournal> {
  const directory = mkdtempSync(join(tmpdir(), 'fault-journal-'));
  const kept = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .sort();
  const golden = kept[index];
  if (golden !== undefined) return { name: golden, bytes: readFileSync(join(GOLDEN, golden)), directory };
  const number = index - kept.length;
  const shape = SHAPES[number % SHAPES.length];
  const ending = ENDINGS[Math.floor(number / SHAPES.length) % ENDINGS.length];
  if (shape === undefined || ending === undefined) throw new Error('there are no shapes');
  return { name: `${shape.name}, ${ending}`, bytes: await journalOf(shape, ending), directory };
}

async function journalOf(shape: Shape, ending: (typeof ENDINGS)[number]): Promise<Buffer> {
  const fails = '  - { id: fails, on: app, run: \'echo "no “room”, \\uFFFD" >&2; exit 3\' }\n';
  const broken = { ...shape, body: shape.body.replace(/(?=finally:|$(?![^]))/, fails) };
  const bench = new LocalBench(ending === 'succeeded' ? shape : broken);
  try {
    const first = await bench.start().done;
    const id = /^Run (\S+)/m.exec(first.out)?.[1];
    if (id === undefined) throw new Error(`no run was begun: ${first.out}${first.err}`);
    if (ending === 'resumed') await bench.resume(id, 'stop').done;
    return readFileSync(join(bench.stateDirectory, 'runs', id, 'journal.jsonl'));
  } finally {
    bench.close();
  }
}
