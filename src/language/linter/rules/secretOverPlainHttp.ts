import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';

const PLAIN = /^http:\/\/(?!(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$))/i;
/** Behind a port that was chosen for plain requests, others are seldom answered. */
const OWN_PORT = /^http:\/\/(?:[^/?#\s]|\$\{\{.*?\}\})*:(?!443(?:[/?#]|$))\S/i;

export const secretOverPlainHttp: Rule = {
  id: 'secret-over-plain-http',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale: 'A secret that is sent without encryption is known to everybody on the way, and one look is enough.',
  cites: ['threat T8', 'threat T15'],
  *check({ texts, document }) {
    for (const { text, range, container, key, format } of texts) {
      if (format !== 'template' || (key !== 'url' && key !== 'http') || !PLAIN.test(text)) continue;
      const { secret, password } = container as { readonly secret?: string; readonly password?: string };
      if (secret === undefined && password === undefined && !/\$\{\{[^}]*\bsecrets\b/.test(JSON.stringify(container))) continue;
      const scheme = sourceRange(document.text, range, text, { start: 0, end: 'http'.length });
      yield {
        range: scheme,
        message: 'a secret is sent here without encryption; ask for the address with "https"',
        fix: { title: 'Change to "https"', edits: [{ range: scheme, text: 'https' }], ...(OWN_PORT.test(text) ? { guess: true } : {}) },
      };
    }
  },
};
