import { hasVersionBelow, hasVersionFrom, parseVersionRange } from '../../model/versionRange.js';
import type { Runbook } from '../../schema/generated/runbook.js';
import { keyRange } from '../keyRange.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import { withoutQuotes } from '../undefinedName.js';
import { targetInput } from '../versionScheme.js';

export const upgradeShape: Rule = {
  id: 'upgrade-shape',
  family: 'correctness',
  severity: 'error',
  rationale: 'A path leads from one version to another of the same scheme; anything else cannot be compared.',
  cites: ['capability 18', 'capability 26'],
  *check(context) {
    const { runbook, document } = context;
    const { upgrade, facts = {}, inputs = {} } = runbook;
    if (upgrade === undefined) return;
    yield* emptyRange(upgrade.supported, 'range', context);
    for (const stop of upgrade.stops ?? []) yield* checkStop(stop, context);
    const place = (key: string): { start: number; end: number } | undefined => {
      const range = document.positions.value(upgrade, key);
      return range === undefined ? undefined : withoutQuotes(document.text, range);
    };
    const fact = Object.hasOwn(facts, upgrade.installed) ? facts[upgrade.installed] : undefined;
    const installed = place('installed');
    if (fact !== undefined && fact.type !== 'version' && installed !== undefined)
      yield { range: installed, message: `the fact "${upgrade.installed}" is no version; declare it with "type: version"` };
    const name = targetInput(runbook);
    const to = place('to');
    const input = name !== undefined && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (to === undefined || name === undefined || input === undefined) return;
    if (input.type !== 'version') yield { range: to, message: `the input "${name}" is no version; declare it with "type: version"` };
    else if (fact?.type === 'version' && fact.scheme !== input.scheme)
      yield {
        range: to,
        message: `"${name}" and "${upgrade.installed}" are of different version schemes; give both the same "scheme"`,
      };
  },
};

type Stop = NonNullable<NonNullable<Runbook['upgrade']>['stops']>[number];

/** A stop that no path can come by is one that was meant otherwise. */
function* checkStop(stop: Stop, context: LintContext): Generator<Finding> {
  const empty = [...emptyRange(stop, 'from', context), ...emptyRange(stop, 'to', context)];
  yield* empty;
  const [from, to] = [parseVersionRange(stop.from), parseVersionRange(stop.to)];
  if (empty.length > 0 || from === undefined || to === undefined) return;
  const at = (key: string, message: string): Finding[] => {
    const range = rangeOf(stop, key, context);
    return range === undefined ? [] : [{ range, message }];
  };
  if (!hasVersionBelow(from, stop.via))
    yield* at('from', `no version in "${stop.from}" is below the stop at ${stop.via}; correct "from" or "via"`);
  if (!hasVersionFrom(to, stop.via))
    yield* at('to', `every version in "${stop.to}" is below the stop at ${stop.via}; correct "to" or "via"`);
}

function* emptyRange<Key extends string>(
  holder: Readonly<Record<Key, string>> | undefined,
  key: Key,
  context: LintContext,
): Generator<Finding> {
  const read = holder === undefined ? undefined : parseVersionRange(holder[key]);
  if (holder === undefined || read === undefined || hasVersionBelow(read)) return;
  const range = rangeOf(holder, key, context);
  if (range !== undefined) yield { range, message: `no version is in "${holder[key]}"; correct its bounds` };
}

function rangeOf(holder: object, key: string, { document }: LintContext): Finding['range'] | undefined {
  const range = document.positions.value(holder, key);
  return range === undefined ? keyRange(document, holder) : withoutQuotes(document.text, range);
}
