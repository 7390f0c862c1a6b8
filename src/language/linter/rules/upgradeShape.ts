import type { Rule } from '../rule.js';
import { withoutQuotes } from '../undefinedName.js';
import { targetInput } from '../versionScheme.js';

export const upgradeShape: Rule = {
  id: 'upgrade-shape',
  severity: 'error',
  rationale: 'A path leads from one version to another of the same scheme; anything else cannot be compared.',
  *check({ runbook, document }) {
    const { upgrade, facts = {}, inputs = {} } = runbook;
    if (upgrade === undefined) return;
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
