import { nearest, parsePlain } from '../../language/index.js';
import type { Diagnostic, Range, RuleOptions, Severity } from '../../language/index.js';
import { RULE_CARDS, ruleCard } from './catalogue.js';
import { configurationSchema } from './configurationSchema.js';
import type { Profile } from './configurationSchema.js';
import { fitsAlternatives, MOST_PATTERN, unclosedBracket } from './glob.js';
import { SEVERITIES } from './severity.js';

/** What is set for one rule. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly options: Readonly<Record<string, number>>;
}

/** What one source says: a file, the command line, the settings of an editor. */
export interface LintSettings {
  readonly profile?: Profile;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Patterns of files that are not checked, seen from the folder of the file that has them. */
  readonly exclude?: readonly string[];
  readonly failOn?: Severity;
}

/** What counts, with every source taken together. */
export interface LintConfiguration extends Required<LintSettings> {
  /** The options among the settings, as the rules want them. */
  readonly ruleOptions: RuleOptions;
}

/** A configuration file that was read. */
export interface ParsedConfiguration {
  /** Empty where anything is wrong with the file: a half of it could silence what the whole would not. */
  readonly settings: LintSettings;
  /** All of them `invalid-configuration`, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes sources together: of each setting, that of the last source that has it. */
export function configurationOf(...sources: readonly LintSettings[]): LintConfiguration {
  const rules = Object.assign({}, ...sources.map((source) => source.rules ?? {})) as Record<string, RuleSetting>;
  return {
    profile: sources.findLast(({ profile }) => profile !== undefined)?.profile ?? 'default',
    rules,
    exclude: sources.findLast(({ exclude }) => exclude !== undefined)?.exclude ?? [],
    failOn: sources.findLast(({ failOn }) => failOn !== undefined)?.failOn ?? 'warning',
    ruleOptions: Object.fromEntries(Object.entries(rules).map(([id, { options }]) => [id, options])),
  };
}

type Written = string | ({ readonly severity?: Severity | 'off' } & Readonly<Record<string, number>>);

interface WrittenConfiguration {
  readonly profile?: Profile;
  readonly rules?: Readonly<Record<string, Written>>;
  readonly exclude?: readonly string[];
  readonly fail_on?: Severity;
}

// Whatever may end a line for anybody: what seems to be in a comment must not count, and the other way round.
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/;

/** Reads `.runbook-lint.yaml`. Never throws: what is wrong is found at its place. An empty file sets nothing. */
export function parseConfiguration(file: string, text: string): ParsedConfiguration {
  if (text.split(LINE_BREAK).every((line) => /^\s*(?:#|$)/.test(line))) return { settings: {}, diagnostics: [] };
  const { value, positions, diagnostics } = parsePlain(file, text, configurationSchema);
  const found = diagnostics
    .filter(({ code }) => code !== 'byte-order-mark')
    .map((diagnostic) => invalid(diagnostic.range, diagnostic.message));
  if (value === undefined) return { settings: {}, diagnostics: found };
  const written = value as WrittenConfiguration;
  const rules = written.rules ?? {};
  for (const [id, setting] of Object.entries(rules)) {
    const key = positions.key(rules, id) ?? { start: 0, end: 0 };
    found.push(...checkSetting(id, settingOf(setting), key, (name) => ofMember(setting, name) ?? positions.value(rules, id) ?? key));
  }
  for (const [index, pattern] of (written.exclude ?? []).entries()) {
    const trouble = patternTrouble(pattern);
    if (trouble !== undefined) found.push(invalid(positions.value(written.exclude ?? [], index) ?? { start: 0, end: 0 }, trouble));
  }
  found.sort((a, b) => a.range.start - b.range.start);
  return { settings: found.length === 0 ? settingsOf(written) : {}, diagnostics: found };

  function ofMember(setting: Written, name: string): Range | undefined {
    return typeof setting === 'string' ? undefined : positions.value(setting, name);
  }
}

/** What an editor's own settings say of rules: anything that is not sound is left out, because the editor itself marks it. */
export function readRuleSettings(value: unknown): Readonly<Record<string, RuleSetting>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, written]) => {
      const shaped = typeof written === 'string' || (typeof written === 'object' && written !== null && !Array.isArray(written));
      if (!shaped) return [];
      const setting = settingOf(written as Written);
      return checkSetting(id, setting, { start: 0, end: 0 }, () => ({ start: 0, end: 0 })).length === 0 ? [[id, setting]] : [];
    }),
  );
}

function settingsOf({ profile, rules, exclude, fail_on: failOn }: WrittenConfiguration): LintSettings {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(rules === undefined ? {} : { rules: Object.fromEntries(Object.entries(rules).map(([id, written]) => [id, settingOf(written)])) }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(failOn === undefined ? {} : { failOn }),
  };
}

function settingOf(written: Written): RuleSetting {
  if (typeof written === 'string') return { severity: written as Severity | 'off', options: {} };
  const { severity, ...options } = written;
  return { ...(severity === undefined ? {} : { severity }), options };
}

function checkSetting(id: string, { severity, options }: RuleSetting, key: Range, at: (name: string) => Range): readonly Diagnostic[] {
  const card = ruleCard(id);
  if (card === undefined) {
    const near = nearest(
      id,
      RULE_CARDS.map((known) => known.id),
    );
    const next = near === undefined ? '"runbook lint --list-rules" shows all of them' : `did you mean "${near}"?`;
    return [invalid(key, `there is no rule "${id}"; ${next}`)];
  }
  const found: Diagnostic[] = [];
  if (severity !== undefined && severity !== 'off' && !SEVERITIES.includes(severity))
    found.push(invalid(at('severity'), `"${severity}" is no severity; write off, information, warning or error`));
  else if (severity !== undefined && severity !== 'error' && card.severity === 'error')
    found.push(
      invalid(at('severity'), `"${id}" finds errors, and nothing is planned while one stands; it cannot be lowered, remove this setting`),
    );
  for (const [name, value] of Object.entries(options)) {
    const option = card.options.find((known) => known.name === name);
    if (option === undefined) {
      const names = card.options.map((known) => `"${known.name}"`).join(', ');
      found.push(
        invalid(at(name), `the rule "${id}" has no option "${name}"; ${names === '' ? 'it has none, remove it' : `it has ${names}`}`),
      );
    } else if (typeof value !== 'number' || !(value >= option.minimum))
      found.push(invalid(at(name), `"${name}" is at least ${String(option.minimum)}; write a larger number`));
    else if (option.maximum !== undefined && value > option.maximum)
      found.push(invalid(at(name), `"${name}" is at most ${String(option.maximum)}; write a smaller number`));
  }
  return found;
}

function patternTrouble(pattern: string): string | undefined {
  if (pattern.length > MOST_PATTERN) return `this pattern is longer than ${String(MOST_PATTERN)} characters; write several shorter ones`;
  if (pattern.startsWith('/') || pattern.split('/').includes('..'))
    return 'a pattern is seen from the folder of this file and stays in it; write it without a leading "/" and without ".."';
  if (pattern.trim() === '') return 'an empty pattern leaves out nothing; remove it';
  if (pattern.startsWith('!')) return 'a pattern cannot take files back in with "!"; name only what is left out';
  if (!fitsAlternatives(pattern)) return 'the braces of this pattern stand for too many patterns; write several with fewer braces';
  const unclosed = unclosedBracket(pattern);
  if (unclosed !== undefined)
    return `"${unclosed}" is not closed, so that this pattern fits next to nothing; close it, or remove the pattern`;
  return undefined;
}

function invalid(range: Range, message: string): Diagnostic {
  return { code: 'invalid-configuration', severity: 'error', range, message };
}
