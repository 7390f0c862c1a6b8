import { fuzzLots } from '../means/fuzzLots.js';
import type { Row } from '../row.js';

const DOCUMENTS = 1_000;

export const fuzz: Row = {
  id: 'fuzz',
  title: `hostile documents, ${DOCUMENTS.toLocaleString('en')} a case, read, checked and asked about: scraps, expressions, patterns, nesting by ? [ { -, aliases of aliases, 20,000 keys`,
  must: 'no throw, no aborted process, nothing that takes over 2 s of the processor or 512 MB',
  cases: { pr: 20_000 / DOCUMENTS, nightly: 1_000_000 / DOCUMENTS },
  concurrency: 2,
  missing: () => Promise.resolve(undefined),
  open: () => fuzzLots('fuzzWorker.ts', DOCUMENTS),
};
