import type { SyntaxNode } from '../../text/syntaxNode.js';
import { asText } from '../declared/authorText.js';
import { declarationsOf } from '../declared/declared.js';
import type { DeclaredStep } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import { previewOf } from '../declared/preview.js';
import { memberOf, textOf } from '../symbols/nodes.js';
import { choiceOf, stepChoice } from './references.js';
import type { ValueChoice } from './values.js';

/** Where a `use` is being written. */
export interface UsePlace {
  readonly root: SyntaxNode | undefined;
  /** What was written up to the cursor. */
  readonly written: string;
  readonly neighbours: Neighbours;
  /** Ids of the steps around the place, which cannot use themselves. */
  readonly around: readonly string[];
  /** Only whole files can stand here: under `instead` and `next`. */
  readonly filesOnly: boolean;
}

/** What may be used: procedures and steps of this file, ranges of steps, other files and parts of them. */
export async function useChoices({ root, written, neighbours, around, filesOnly }: UsePlace): Promise<readonly ValueChoice[]> {
  const hash = written.indexOf('#');
  const file = hash < 0 ? written : written.slice(0, hash);
  if (hash > 0) return partsOf(await neighbours.read(file), file, written.slice(hash + 1), []);
  const own = filesOnly ? [] : partsOf(root, '', hash < 0 ? '' : written.slice(hash + 1), around);
  return hash < 0 ? [...own, ...(await fileChoices(neighbours))] : own;
}

async function fileChoices(neighbours: Neighbours): Promise<readonly ValueChoice[]> {
  const files = await neighbours.runbooks();
  return Promise.all(
    files.slice(0, 200).map(async (file): Promise<ValueChoice> => {
      const name = neighbours.named(file);
      return {
        text: name,
        kind: 'file',
        detail: 'runbook',
        documentation: asText(textOf(memberOf(await neighbours.read(name), 'title')) ?? '') || undefined,
      };
    }),
  );
}

/** Procedures and steps; behind `a..`, the later steps of the same list. */
function partsOf(root: SyntaxNode | undefined, file: string, written: string, around: readonly string[]): readonly ValueChoice[] {
  const { procedures, steps } = declarationsOf(root);
  const range = /^([a-z]\w*)\.\.?/.exec(written);
  if (range !== null) {
    const first = steps.find(({ name }) => name === range[1]);
    return steps
      .filter((step) => first !== undefined && step.list === first.list && step.index > first.index)
      .map((step) => ({
        ...stepChoice(step),
        text: `${file}#${range[1] ?? ''}..${step.name}`,
        documentation: previewOf(root, `#${range[1] ?? ''}..${step.name}`),
      }));
  }
  return [
    ...procedures.map((procedure) => ({
      ...choiceOf(procedure),
      text: `${file}#${procedure.name}`,
      documentation: previewOf(root, `#${procedure.name}`),
    })),
    ...steps
      .filter(({ name }) => !around.includes(name))
      .map((step: DeclaredStep) => ({ ...stepChoice(step), text: `${file}#${step.name}` })),
  ];
}
