import { HumanError } from '../engine/index.js';
import type { Engine } from '../engine/index.js';
import type { Draft, MissingInput, PlainValue } from '../planner/index.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import { draftOf, problemText } from './planning.js';
import type { Planning } from './planning.js';
import type { AskLine } from './questions.js';

/** A draft that can be run, with everything that was found out or asked to make it. */
export interface SettledDraft {
  readonly draft: Draft;
  readonly facts: Planning['facts'];
  readonly inputs: Planning['inputs'];
}

/**
 * Makes a plan that can be run: a person is asked for missing inputs, and the hosts, read-only, who they are.
 * Gives the text of the problems when there is no such plan.
 */
export async function settledDraft(
  planning: Planning,
  engine: Engine,
  ask: AskLine | undefined,
  args: Arguments,
  io: Io,
): Promise<SettledDraft | { readonly problems: string }> {
  const draft = draftOf(planning);
  if (ask !== undefined && draft.missingInputs.length > 0 && draft.missingInputs.length === draft.problems.length) {
    const inputs = { ...planning.inputs, ...(await askInputs(draft.missingInputs, ask, io)) };
    return settledDraft({ ...planning, inputs }, engine, ask, args, io);
  }
  if (draft.plan === undefined) return { problems: problemText(draft.problems, planning, io) };
  const { inputs } = planning;
  if (draft.openRoles.length === 0) return { draft, facts: planning.facts, inputs };
  if (ask !== undefined && !args.flag('yes')) await agreeToDiscovery(draft, ask);
  let facts = planning.facts;
  // What is found out may show that more must be known.
  for (let settled = draft; settled.plan !== undefined; settled = draftOf({ ...planning, facts })) {
    const [open] = settled.openRoles;
    if (open === undefined) return { draft: settled, facts, inputs };
    const discovered = await engine.discover(settled.plan, settled.openRoles, (question) => {
      if (ask === undefined)
        throw new HumanError(`It must be known: ${question.text}`, `Give it with --fact ${question.fact}@${question.host}=….`);
      return ask(`${question.text} (${question.host}) `);
    });
    if (discovered.length === 0)
      throw new HumanError(`It could not be found out which host is "${open.role}".`, 'Give the facts with --fact.');
    facts = [...facts, ...discovered];
  }
  return { problems: problemText(draftOf({ ...planning, facts }).problems, planning, io) };
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
  const hosts = [...new Set(draft.openRoles.flatMap((role) => role.of))].join(', ');
  const roles = draft.openRoles.map((role) => role.role).join(', ');
  const answer = await ask(`The hosts ${hosts} will be asked which of them has the role ${roles}. Type "yes" to go on: `);
  if (answer !== 'yes') throw new HumanError('Nothing was done.', 'The plan needs to know this.');
}
