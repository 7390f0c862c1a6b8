import type { RuleCard } from '../../src/review/index.js';

const SEVERITIES = ['off', 'information', 'warning', 'error'] as const;

/** The setting `runbook.lint.rules` of the editor: a member for every rule of which something can be set. */
export function rulesSetting(cards: readonly RuleCard[]): object {
  const settable = cards.filter((card) => card.severity !== 'error' || card.options.length > 0);
  const own = settable.filter(({ id }) => id !== 'shellcheck').sort((a, b) => a.id.localeCompare(b.id));
  return {
    type: 'object',
    default: {},
    scope: 'resource',
    order: 6,
    markdownDescription: '%setting.lint.rules%',
    additionalProperties: false,
    properties: Object.fromEntries(own.map((card) => [card.id, settingOf(card)])),
    patternProperties: {
      '^shellcheck/(SC\\d{4}|unchecked)$': {
        type: 'string',
        enum: SEVERITIES,
        markdownDescription: described(cards.find(({ id }) => id === 'shellcheck')),
      },
    },
  };
}

function settingOf(card: RuleCard): object {
  const severity = { type: 'string', enum: SEVERITIES };
  if (card.options.length === 0) return { ...severity, markdownDescription: described(card) };
  const numbers = Object.fromEntries(
    card.options.map(({ name, description, default: usual, minimum, maximum }) => [
      name,
      { type: 'number', default: usual, minimum, ...(maximum === undefined ? {} : { maximum }), description },
    ]),
  );
  const lowers = card.severity !== 'error';
  const object = {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: { ...(lowers ? { severity } : {}), ...numbers },
  };
  return { ...(lowers ? { anyOf: [severity, object] } : object), markdownDescription: described(card) };
}

function described(card: RuleCard | undefined): string {
  return card === undefined ? '' : `${card.rationale} By itself: ${card.severity}.`;
}
