import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

export const advisoryShape: Rule = {
  id: 'advisory-shape',
  family: 'correctness',
  severity: 'error',
  rationale: 'An advisory that can be unsure and has no question, or a question that nobody is ever asked, helps nobody.',
  cites: ['capability 21'],
  *check({ runbook, document }) {
    const first = new Map<string, object>();
    for (const advisory of runbook.advisories ?? []) {
      const { id, when, unsure_when: unsure, ask } = advisory;
      const at = (key: string): ReturnType<typeof keyRange> => keyRange(document, advisory, key);
      const wrong: readonly (readonly [boolean, string, string])[] = [
        [
          unsure !== undefined && ask === undefined,
          'unsure_when',
          'nobody can tell here, and nobody is asked; add "ask" with the question',
        ],
        [unsure === undefined && ask !== undefined, 'ask', 'this is never asked; say with "unsure_when" where nobody can tell'],
        [
          unsure !== undefined && when === undefined,
          'unsure_when',
          'without "when" the advisory always applies, so nothing is unsure; add "when", or remove this',
        ],
      ];
      for (const [is, key, message] of wrong) {
        const range = at(key);
        if (is && range !== undefined) yield { range, message };
      }
      const earlier = first.get(id);
      const [range, other] = [document.positions.value(advisory, 'id'), earlier && document.positions.value(earlier, 'id')];
      if (earlier === undefined) first.set(id, advisory);
      else if (range !== undefined && other !== undefined)
        yield {
          range,
          message: `two advisories have the id "${id}"; give one of them another`,
          related: [{ file: document.file, range: other, message: 'the other one' }],
        };
    }
  },
};
