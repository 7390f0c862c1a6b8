import { INVENTORY_RULES } from '../../linter/inventoryRules/index.js';
import { RULES } from '../../linter/rules/index.js';
import { SYNTAX_RULES } from '../../parser/syntaxRules.js';
import { lineBefore } from '../rough/cursor.js';
import type { Found } from './hoverSubject.js';
import { lineStart } from '../../text/lines.js';

/** The rule that a comment names which silences it. */
export function ruleHover(text: string, offset: number): Found | undefined {
  const start = lineStart(text, offset);
  const line = /^[^\n\r]*/.exec(text.slice(start))?.[0] ?? '';
  if (!/#[ \t]*runbook-lint-ignore/.test(line)) return undefined;
  const from = offset - (/[\w/-]*$/.exec(lineBefore(text, offset))?.[0].length ?? 0);
  const id = /^[\w/-]*/.exec(text.slice(from))?.[0] ?? '';
  const rule = [...RULES, ...INVENTORY_RULES, ...SYNTAX_RULES].find((known) => known.id === id);
  if (rule === undefined) return undefined;
  return {
    range: { start: from, end: from + id.length },
    markdown: `**${id}**: ${rule.severity}, ${rule.family}\n\n${rule.rationale}`,
    subject: { kind: 'rule', name: id },
    page: `rules/${id}.md`,
  };
}
