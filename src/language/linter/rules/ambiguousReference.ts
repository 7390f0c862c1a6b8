import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { UseReference } from '../../model/useReference.js';
import type { ParsedRunbook } from '../../project.js';
import type { Step } from '../../schema/generated/runbook.js';
import { eachStep, listsOf, sectionsOf } from '../named.js';
import type { Rule } from '../rule.js';
import { textsOf } from '../undefinedName.js';

export const ambiguousReference: Rule = {
  id: 'ambiguous-reference',
  family: 'correctness',
  severity: 'error',
  rationale: 'A reference that can be read in two ways will one day be read in the other.',
  cites: ['capability 9', 'capability 10'],
  *check(context) {
    const known = new Map<string, readonly Meaning[]>();
    for (const place of textsOf(context, 'use')) {
      const reference = parseUseReference(place.text);
      if (reference?.id === undefined) continue;
      const target =
        reference.file === undefined ? context.document : context.files.get(resolveFile(context.document.file, reference.file));
      if (target?.value === undefined) continue;
      const meanings = known.get(place.text) ?? meaningsOf(reference, target);
      known.set(place.text, meanings);
      if (meanings.length < 2) continue;
      const all = meanings.map(({ said, line }) => `${said} in line ${String(line)}`).join(' or ');
      yield {
        range: place.range,
        message: `"${place.text}" may mean ${all}; give one of them another name`,
        related: meanings.map(({ said, range }) => ({ file: target.file, range, message: said })),
      };
    }
  },
};

interface Meaning {
  readonly said: string;
  readonly line: number;
  readonly range: { readonly start: number; readonly end: number };
}

function meaningsOf({ id = '', to }: UseReference, target: ParsedRunbook): readonly Meaning[] {
  const runbook = target.value;
  if (runbook === undefined) return [];
  const meaning = (said: string, range = { start: 0, end: 0 }): Meaning => ({ said, range, line: target.lines.position(range.start).line });
  const ofStep = (said: string, step: Step): Meaning => meaning(said, target.positions.value(step, 'id'));
  if (to !== undefined) {
    const lists = [...new Set(listsOf(runbook))].flatMap((list) => {
      const start = list.findIndex((step) => step.id === id);
      const end = list.findIndex((step) => step.id === to);
      return start >= 0 && end >= start ? [list[start] as Step] : [];
    });
    return lists.map((step) => ofStep('the list', step));
  }
  const procedures = runbook.procedures ?? {};
  const procedure = Object.hasOwn(procedures, id) ? procedures[id] : undefined;
  // A step that only uses the procedure of its name, or is all of it, means the same.
  const isTheSame = (step: Step): boolean =>
    procedure !== undefined && (step.use === `#${id}` || (procedure.length === 1 && procedure[0] === step));
  const steps = new Set(sectionsOf(runbook).flatMap((section) => [...eachStep(section)]));
  return [
    ...(procedure === undefined ? [] : [meaning('the procedure', target.positions.key(procedures, id))]),
    ...[...steps].filter((step) => step.id === id && !isTheSame(step)).map((step) => ofStep('the step', step)),
  ];
}
