import type { Rule } from '../rule.js';
import { undefinedName, withoutQuotes } from '../undefinedName.js';

export const undefinedVersionScheme: Rule = {
  id: 'undefined-version-scheme',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'Without its scheme, a version cannot be told from any other text.',
  cites: ['capability 18'],
  *check({ texts, runbook, document }) {
    const known = Object.keys(runbook.versions ?? {});
    for (const place of texts) {
      if (place.key !== 'scheme') continue;
      const range = withoutQuotes(document.text, place.range);
      if (!known.includes(place.text)) yield undefinedName('version scheme', place.text, known, range, 'declare it under "versions"');
      else if (!['version', 'version_range'].includes((place.container as { type?: string }).type ?? ''))
        yield { range, message: `a scheme belongs to the types "version" and "version_range"; remove it, or write "type: version"` };
    }
  },
};
