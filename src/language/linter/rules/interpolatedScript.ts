import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';

export const interpolatedScript: Rule = {
  id: 'interpolated-script',
  scope: 'step',
  family: 'security',
  severity: 'error',
  rationale:
    'A value put into the text of a script could bring commands of its own. Values reach a script by `env` and `args`, byte for byte.',
  cites: ['capability 16', 'threat T4'],
  *check({ texts, document }) {
    for (const place of texts) {
      if (!place.script) continue;
      for (const match of place.text.matchAll(/\$\{\{.*?(?:\}\}|$)/gms)) {
        const range = sourceRange(document.text, place.range, place.text, { start: match.index, end: match.index + match[0].length });
        yield {
          range,
          message: 'values are never put into the text of a script; hand it over with "env" or "args" and write "$NAME" or "$1" here',
        };
      }
    }
  },
};
