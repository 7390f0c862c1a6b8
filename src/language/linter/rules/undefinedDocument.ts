import type { Rule } from '../rule.js';
import { textsOf, undefinedName } from '../undefinedName.js';

const SHAPE = /^[^#]*(?:#L\d+(?:-L\d+)?)?$/;

export const undefinedDocument: Rule = {
  id: 'undefined-document',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A step says which sentence of which document it comes from, so that a reader can check it.',
  cites: ['capability 2', 'capability 14'],
  *check(context) {
    const known = Object.keys(context.runbook.documents ?? {});
    for (const place of textsOf(context, 'source')) {
      const name = place.text.split('#')[0] ?? '';
      const range = { start: place.range.start, end: place.range.start + name.length };
      if (!known.includes(name)) yield undefinedName('document', name, known, range, 'declare it under "documents"');
      else if (!SHAPE.test(place.text))
        yield {
          range: place.range,
          message: `"${place.text}" names no lines of a document; write for example "${name}#L12" or "${name}#L12-L14"`,
        };
    }
  },
};
