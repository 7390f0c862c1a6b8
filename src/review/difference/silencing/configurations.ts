import { parsePlain } from '../../../language/index.js';
import type { PlainFile, Range } from '../../../language/index.js';
import { configurationOf, parseConfiguration } from '../../lint/configuration.js';
import type { LintConfiguration } from '../../lint/configuration.js';
import { configurationSchema } from '../../lint/configurationSchema.js';
import { RULE_CARDS } from '../../lint/catalogue.js';
import { severityOf } from '../../lint/judge.js';
import { SEVERITIES } from '../../lint/severity.js';
import { inOrder } from '../change.js';
import type { Change } from '../change.js';
import { Recorder } from '../recorder.js';
import { beforeAfter, listed, quoted } from '../words.js';

/** A configuration of the linter. */
export interface ConfigurationText {
  readonly file: string;
  readonly text: string;
}

/** What a change of `.runbook-lint.yaml` takes away from what is found. Either may be absent. A file with errors sets nothing. */
export function compareConfigurations(old: ConfigurationText | undefined, now: ConfigurationText | undefined): readonly Change[] {
  const recorder = new Recorder();
  const file = now?.file ?? old?.file ?? '';
  const [before, after] = [readingOf(old), readingOf(now)];
  const plain = now === undefined ? undefined : parsePlain(now.file, now.text, configurationSchema);
  const tell = (kind: 'rule-silenced' | 'safeguard-added', what: string, about: string): void => {
    recorder.addAt(kind, what, { file, range: now === undefined ? { start: 0, end: 0 } : placeOf(plain, now.text, about) }, about);
  };
  compareRules(before, after, tell);
  compareOptions(before, after, tell);
  const excluded = after.exclude.filter((pattern) => !before.exclude.includes(pattern));
  if (excluded.length > 0) tell('rule-silenced', `these files are no longer checked: ${listed(excluded.map(quoted))}`, 'exclude');
  const [was, is] = [SEVERITIES.indexOf(before.failOn), SEVERITIES.indexOf(after.failOn)];
  if (was !== is)
    tell(
      is > was ? 'rule-silenced' : 'safeguard-added',
      `the mildest finding that fails: ${beforeAfter(before.failOn, after.failOn)}`,
      'fail_on',
    );
  return inOrder(recorder.changes);
}

function readingOf(text: ConfigurationText | undefined): LintConfiguration {
  return configurationOf(text === undefined ? {} : parseConfiguration(text.file, text.text).settings);
}

type Tell = (kind: 'rule-silenced' | 'safeguard-added', what: string, about: string) => void;

function compareRules(before: LintConfiguration, after: LintConfiguration, tell: Tell): void {
  const weighs = (configuration: LintConfiguration, code: string, severity: (typeof RULE_CARDS)[number]['severity']): number => {
    const found = severityOf({ code, severity }, configuration);
    return found === undefined ? -1 : SEVERITIES.indexOf(found);
  };
  const milder: string[] = [];
  const graver: string[] = [];
  const ids = new Set([...RULE_CARDS.map(({ id }) => id), ...Object.keys(before.rules), ...Object.keys(after.rules)]);
  for (const id of ids) {
    const severity = RULE_CARDS.find((card) => card.id === id)?.severity ?? 'warning';
    const [was, is] = [weighs(before, id, severity), weighs(after, id, severity)];
    if (was !== is) (is < was ? milder : graver).push(id);
    if (was <= is || after.rules[id] === undefined) continue;
    tell('rule-silenced', `the rule ${quoted(id)} counts for less: ${nameOf(was)} → ${nameOf(is)}`, id);
  }
  const byProfile = milder.filter((id) => after.rules[id] === undefined);
  if (byProfile.length > 0)
    tell(
      'rule-silenced',
      `${String(byProfile.length)} rules count for less, with the profile ${quoted(after.profile)}: ${listed(byProfile.slice(0, 5))}`,
      'profile',
    );
  if (graver.length > 0)
    tell(
      'safeguard-added',
      `${String(graver.length)} ${graver.length === 1 ? 'rule counts' : 'rules count'} for more: ${listed(graver.slice(0, 5))}`,
      graver[0] ?? 'rules',
    );
}

function compareOptions(before: LintConfiguration, after: LintConfiguration, tell: Tell): void {
  for (const { id, options } of RULE_CARDS)
    for (const { name, default: usual } of options) {
      const [was, is] = [before.rules[id]?.options[name] ?? usual, after.rules[id]?.options[name] ?? usual];
      if (was !== is) tell('rule-silenced', `the rule ${quoted(id)} finds other things: ${name}: ${beforeAfter(was, is)}`, id);
    }
}

function nameOf(severity: number): string {
  return SEVERITIES[severity] ?? 'off';
}

function placeOf(plain: PlainFile | undefined, text: string, about: string): Range {
  const value = plain?.value as Readonly<Record<string, unknown>> | undefined;
  const rules = value?.['rules'];
  const ofRule = typeof rules === 'object' && rules !== null ? plain?.positions.key(rules, about) : undefined;
  const found = ofRule ?? (value === undefined ? undefined : plain?.positions.key(value, about));
  return found ?? { start: 0, end: text.indexOf('\n') < 0 ? text.length : text.indexOf('\n') };
}
