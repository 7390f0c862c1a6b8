import { writeSync } from 'node:fs';
import { JournalFile } from '../../../src/engine/journal/journalFile.js';
import { created, remark } from './support.js';

/** Appends to the journal `argv[2]`, says the number of each record once it is durable, and is killed after `argv[3]` ms. */
const [, , path, wait] = process.argv as [string, string, string, string];
const journal = JournalFile.create(path, 'r1');
const end = performance.now() + Number(wait);
for (let seq = 1; ; seq++) {
  journal.append(seq === 1 ? created('r1') : remark(seq));
  writeSync(1, `${String(seq)}\n`);
  if (performance.now() >= end) process.kill(process.pid, 'SIGKILL');
}
