import { discoveryText, HumanError, settleDraft } from '../engine/index.js';
import type { AskDiscovery, DiscoveryQuestion, Engine, StartOptions } from '../engine/index.js';
import { factOption } from '../planner/index.js';
import type { Draft, MissingInput, PlainValue } from '../planner/index.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import { draftOf, problemText } from './planning.js';
import type { Planning } from './planning.js';
import type { AskLine } from './questions.js';

/** A draft that can be run, with everything that was found out or asked to make it. */
export interface SettledDraft {
  readonly draft: Draft;
  readonly facts: StartOptions['facts'];
  readonly inputs: Planning['inputs'];
}

/**
 * Makes a plan that can be run: a person is asked for missing inputs, and the hosts, read-only, for what decides who has which role,
 * the upgrade path and the advisories. Gives the text of the problems when there is no such plan.
 */
export async function settledDraft(
  planning: Planning,
  engine: Engine,
  ask: AskLine | undefined,
  args: Arguments,
  io: Io,
): Promise<SettledDraft | { readonly problems: string }> {
  const first = draftOf(planning);
  if (ask !== undefined && first.missingInputs.length > 0 && first.missingInputs.length === first.problems.length) {
    const inputs = { ...planning.inputs, ...(await askInputs(first.missingInputs, ask, io)) };
    return settledDraft({ ...planning, inputs }, engine, ask, args, io);
  }
  if (first.plan === undefined) return { problems: problemText(first.problems, planning, io) };
  const { inputs } = planning;
  if (first.openRoles.length === 0 && first.openFacts.length === 0) return { draft: first, facts: planning.facts, inputs };
  if (ask !== undefined && !args.flag('yes')) await agreeToDiscovery(first, ask);
  const { draft, facts } = await settleDraft(
    engine,
    (known) => draftOf({ ...planning, facts: known }),
    planning.facts,
    discoveryAnswers(ask),
  );
  return draft.plan === undefined ? { problems: problemText(draft.problems, planning, io) } : { draft, facts, inputs };
}

/** Where nobody is asked, what decides an advisory stays open: the plan has both branches then. */
function discoveryAnswers(ask: AskLine | undefined): AskDiscovery {
  return async (question) => {
    const { scope, fact, host, text, decides, options } = question;
    if (ask === undefined) {
      if (decides === 'advisory') return undefined;
      throw new HumanError(`It must be known: ${text}${of(question)}`, `Give it with ${factOption(scope, fact, host)}.`);
    }
    const choices = options === undefined ? '' : ` (${options.join(', ')})`;
    const open = decides === 'advisory' ? ' (empty leaves it open)' : '';
    const typed = await ask(`${text}${of(question)}${choices}${open} `);
    return typed.trim() === '' && decides === 'advisory' ? undefined : typed;
  };
}

function of({ host }: DiscoveryQuestion): string {
  return host === undefined ? '' : ` (${host})`;
}

async function askInputs(missing: readonly MissingInput[], ask: AskLine, io: Io): Promise<Record<string, PlainValue>> {
  const values: Record<string, PlainValue> = {};
  for (const input of missing) {
    if (input.description !== undefined) io.out(`${input.description}\n`);
    if (input.consequence !== undefined) io.out(`If you choose it: ${input.consequence}\n`);
    const options = input.options ?? (input.type === 'boolean' ? ['true', 'false'] : undefined);
    values[input.name] = await ask(`${input.title ?? input.name}${options === undefined ? '' : ` (${options.join(', ')})`}: `);
  }
  return values;
}

async function agreeToDiscovery(draft: Draft, ask: AskLine): Promise<void> {
  const asked = discoveryText(draft);
  if (asked === undefined) return;
  const answer = await ask(`${asked} Type "yes" to go on: `);
  if (answer !== 'yes') throw new HumanError('Nothing was done.', 'The plan needs to know this.');
}
