import type { Range } from '../../text/range.js';
import type { Finding, InventoryContext, InventoryRule } from '../rule.js';

/** Names of values that are secrets, by their last word; what only says something of one, such as `token_url`, has another. */
const SECRET =
  /(?:^|[_-])(?:password|passwd|passphrase|pwd|secret|token|api_?key|access_?key|secret_?key)$|[a-z](?:Password|Secret|Token|ApiKey)$/;
/** Where a secret is, and words that stand for one. */
const NO_SECRET = /^(?:[/~<$]|[A-Za-z]:\\|\.{3}|x{3,})|^(?:none|null|prompt|vault|ask|true|false)$/i;
const IN_ADDRESS = /^[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{1,200}:(?![$<{])([^\s/@]+)@/i;

export const secretInInventory: InventoryRule = {
  id: 'secret-in-inventory',
  family: 'security',
  severity: 'warning',
  rationale: 'An inventory is kept with the runbooks, and read by everybody who may read those, for ever.',
  cites: ['capability 37', 'threat T13'],
  *check(context) {
    const { inventory } = context;
    const values = [inventory.inputs, ...Object.values(inventory.vars ?? {}), ...Object.values(inventory.hosts).map(({ vars }) => vars)];
    for (const map of values) yield* inValues(map ?? {}, context);
  },
};

function* inValues(values: Readonly<Record<string, unknown>>, { document: { positions } }: InventoryContext): Generator<Finding> {
  for (const [name, value] of Object.entries(values)) {
    const range: Range | undefined = positions.value(values, name);
    if (typeof value !== 'string' || value === '' || range === undefined) continue;
    if ((SECRET.test(name) && !NO_SECRET.test(value)) || IN_ADDRESS.test(value))
      yield {
        range,
        message: 'a secret stands here for all to read; change it where it is valid, and declare it under "secrets" of the runbook',
      };
  }
}
