import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../undefinedName.js';

export const unreadableUse: Rule = {
  id: 'unreadable-use',
  family: 'correctness',
  severity: 'error',
  rationale: 'What is used must be there when the runbook is checked, not only when it runs.',
  cites: ['capability 29', 'threat T19'],
  *check(context) {
    for (const { text, range } of textsOf(context, 'use')) {
      const reference = parseUseReference(text);
      if (reference === undefined) {
        yield {
          range,
          message: `"${text}" names nothing that can be used; write "#procedure", "other.runbook.yaml" or "other.runbook.yaml#procedure"`,
        };
        continue;
      }
      if (reference.file === undefined) continue;
      if (/^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)|\\/.test(reference.file)) {
        yield { range, message: `"${reference.file}" is not relative to this file; write the way from here, with "/"` };
      } else if (!context.files.has(resolveFile(context.document.file, reference.file))) {
        yield { range, message: `the file "${reference.file}" cannot be read; check its name, which is relative to this file` };
      }
    }
  },
};
