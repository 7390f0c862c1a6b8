import { INVENTORY_RULES } from '../../linter/inventoryRules/index.js';
import type { RuleDescription } from '../../linter/rule.js';
import { RULES } from '../../linter/rules/index.js';
import type { Cursor } from '../rough/cursor.js';
import { rank } from './item.js';
import type { CompletionItem } from './item.js';

/** The words comments begin with that silence a finding. */
const WORDS: readonly (readonly [string, string])[] = [
  ['runbook-lint-ignore', 'Silences findings at one place, with the reason: `# runbook-lint-ignore RULE: reason`.'],
  ['runbook-lint-ignore-file', 'Silences findings in the whole file; stands before the first key.'],
];

/** What may stand in a comment: the word that silences a finding, then the rules it is about. Errors cannot be silenced. */
export function suppressionItems({ text, offset }: Cursor, comment: string, isInventory: boolean): readonly CompletionItem[] {
  const rules = /^#[ \t]*runbook-lint-ignore(?:-file)?[ \t]+([\w/, \t-]*)$/.exec(comment);
  const typed = /[\w-]*$/.exec(comment)?.[0] ?? '';
  const end = offset + (/^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const range = { start: offset - typed.length, end };
  if (rules === null) {
    if (!/^#[ \t]*[\w-]*$/.test(comment)) return [];
    return WORDS.map(([word, documentation], index) => ({
      label: word,
      kind: 'value',
      documentation,
      edit: { range, text: `${/^#[ \t]/.test(comment) ? '' : ' '}${word} ` },
      format: 'plain',
      sortText: rank(0, index),
      retrigger: true,
    }));
  }
  const named = new Set((rules[1] ?? '').split(/[\s,]+/).slice(0, -1));
  const known: readonly RuleDescription[] = isInventory ? INVENTORY_RULES : RULES;
  const hasReason = /^[\w/, \t-]*:/.test(text.slice(end));
  return known
    .filter(({ id, severity }) => severity !== 'error' && !named.has(id))
    .map(({ id, family, severity, rationale }, index) => ({
      label: id,
      kind: 'reference',
      detail: `${severity}, ${family}`,
      documentation: rationale,
      edit: { range, text: hasReason ? id : `${id}: \${1:why it does not matter here}` },
      format: hasReason ? 'plain' : 'snippet',
      sortText: rank(0, index),
    }));
}
