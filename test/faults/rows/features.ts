import { fuzzLots } from '../means/fuzzLots.js';
import type { Row } from '../row.js';

const DOCUMENTS = 100;

export const features: Row = {
  id: 'features',
  title: `everything an editor asks for, at random places of spoiled runbooks and inventories, ${String(DOCUMENTS)} a case: completion, hover, signatures, definition, references, rename, outline, folding, tokens, hints, links, code actions, formatting`,
  must: 'no throw, no place outside of its text, no edits over one another, nothing that takes over 2 s of the processor or 512 MB',
  cases: { pr: 1_000 / DOCUMENTS, nightly: 50_000 / DOCUMENTS },
  concurrency: 2,
  missing: () => Promise.resolve(undefined),
  open: () => fuzzLots('featuresWorker.ts', DOCUMENTS),
};
