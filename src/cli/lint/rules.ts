import { RULE_CARDS, ruleCard } from '../../review/index.js';
import type { RuleCard } from '../../review/index.js';
import { nearest } from '../../language/index.js';
import type { Arguments } from '../arguments.js';
import { paint } from '../io.js';
import type { Io } from '../io.js';
import { rulePages } from '../rulePages.js';
import { UsageError } from '../usage.js';

/** `--explain RULE`: its card, and where to read on. Throws {@link UsageError} for a rule that is not there. */
export function explainRule(id: string, io: Io): void {
  const card = ruleCard(id);
  if (card === undefined) {
    const near = nearest(
      id,
      RULE_CARDS.map((known) => known.id),
    );
    const next = near === undefined ? '`runbook lint --list-rules` shows all of them.' : `Did you mean ${near}?`;
    throw new UsageError(`There is no rule "${id}". ${next}`, 'lint');
  }
  const options = card.options.map(
    (option) => `  ${option.name}: ${option.description} (${String(option.default)}; at least ${String(option.minimum)})`,
  );
  const silence =
    card.severity === 'error'
      ? 'An error is never silenced: nothing is planned while one stands.'
      : card.subject === 'suppressions' || card.subject === 'configuration'
        ? 'No comment silences it; .runbook-lint.yaml can.'
        : `To silence one finding: # runbook-lint-ignore ${id}: the reason`;
  io.out(
    [
      `${paint(io, 'bold', card.id)}: ${card.severity}, ${card.family}, looks at ${card.subject}`,
      '',
      ...wrapped(card.rationale, 100),
      '',
      ...(options.length === 0 ? [] : ['Options:', ...options, '']),
      `Asked for by: ${card.cites.join(', ')}`,
      silence,
      `Examples of bad and good: ${rulePages() ?? 'docs/rules/'}${card.id}.md`,
      '',
    ].join('\n'),
  );
}

/** `--list-rules`: a table, or JSON. */
export function listRules(args: Arguments, io: Io): void {
  const format = args.text('format') ?? 'pretty';
  if (format !== 'pretty' && format !== 'json') throw new UsageError(`--list-rules writes pretty or json, not "${format}".`, 'lint');
  const cards = [...RULE_CARDS].sort((a, b) => order(a).localeCompare(order(b), 'en'));
  if (format === 'json') return io.out(`${JSON.stringify({ format: 1, rules: cards }, null, 2)}\n`);
  const width = Math.max(...cards.map(({ id }) => id.length));
  let family = '';
  for (const card of cards) {
    if (card.family !== family) io.out(`${family === '' ? '' : '\n'}${paint(io, 'bold', card.family)}\n`);
    family = card.family;
    io.out(`  ${card.id.padEnd(width)}  ${card.severity.padEnd('information'.length)}  ${card.subject}\n`);
  }
}

function order({ family, id }: RuleCard): string {
  return `${family} ${id}`;
}

function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
