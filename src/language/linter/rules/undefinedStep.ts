import { nameTypesOf } from '../../expressions/index.js';
import { parseUseReference, resolveFile } from '../../model/useReference.js';
import { eachStep, findNamed, findUsed, namesToUse, sectionsOf, stepIds } from '../named.js';
import type { Runbook } from '../../schema/generated/runbook.js';
import type { Finding, LintContext, Rule } from '../rule.js';
import type { NamePlace } from '../undefinedName.js';
import { mentions, misnamed, textsOf, undefinedName } from '../undefinedName.js';

export const undefinedStep: Rule = {
  id: 'undefined-step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A value, a moment or a use that names a step which does not exist can never come true.',
  cites: ['capability 9', 'capability 64'],
  *check(context) {
    const ids = stepIds(context.runbook);
    yield* undefinedMoments(context, ids);
    yield* undefinedValues(context, ids);
    yield* undefinedUses(context);
  },
};

function* undefinedMoments(context: LintContext, ids: readonly string[]): Generator<Finding> {
  const moments = ['start', 'end', ...ids];
  for (const place of textsOf(context, 'step')) {
    if (!moments.includes(place.text))
      yield undefinedName('step', place.text, moments, place.range, 'name a step by its "id", or "start" or "end"');
  }
}

function* undefinedValues(context: LintContext, ids: readonly string[]): Generator<Finding> {
  const { steps: values } = nameTypesOf(context.runbook);
  for (const { named, range, memberRange } of mentions(context, 'steps')) {
    if (!ids.includes(named.name)) {
      yield undefinedName('step', named.name, ids, range, 'name a step by its "id"');
      continue;
    }
    const known = Object.hasOwn(values, named.name) ? Object.keys(values[named.name] ?? {}) : [];
    if (named.member !== undefined && memberRange !== undefined && !known.includes(named.member)) {
      yield misnamed(
        `step "${named.name}" yields no value "${named.member}"`,
        named.member,
        known,
        memberRange,
        'declare it under its "outputs" or "evidence"',
      );
    } else if (named.member !== undefined && memberRange !== undefined) {
      const silent = wayWithout(named.name, named.member, context.runbook);
      if (silent !== undefined) {
        const message = `step "${named.name}" yields no value "${named.member}" when it is done by "${silent}"; declare it for that way, too`;
        yield { range: memberRange, message };
      }
    }
  }
}

/** The way of a step, if there is one, that does not yield a value which another way yields. */
function wayWithout(id: string, value: string, runbook: Runbook): string | undefined {
  const step = sectionsOf(runbook)
    .flatMap((section) => [...eachStep(section)])
    .find((candidate) => candidate.id === id);
  if (step?.methods === undefined) return undefined;
  return Object.entries(step.methods).find(([, way]) =>
    way.manual === undefined
      ? (way.run !== undefined || way.http !== undefined) && !Object.hasOwn(step.outputs ?? {}, value)
      : (way.evidence ?? []).every((given) => (given.value ?? given.choice ?? given.file) !== value),
  )?.[0];
}

function* undefinedUses(context: LintContext): Generator<Finding> {
  for (const place of textsOf(context, 'use')) {
    const reference = parseUseReference(place.text);
    if (reference?.id === undefined) continue;
    const target =
      reference.file === undefined ? context.runbook : context.files.get(resolveFile(context.document.file, reference.file))?.value;
    if (target === undefined || findUsed(target, reference) !== undefined) continue;
    if (reference.to !== undefined) {
      yield* undefinedRange(target, reference.id, reference.to, place);
      continue;
    }
    const range = { start: place.range.end - reference.id.length, end: place.range.end };
    yield undefinedName('procedure or step', reference.id, namesToUse(target), range, 'declare it under "procedures"');
  }
}

/** A range whose ends do not exist, or do not stand in one list in this order. */
function* undefinedRange(target: Runbook, from: string, to: string, place: NamePlace): Generator<Finding> {
  const ids = stepIds(target);
  const { end } = place.range;
  const ends = [
    { id: from, range: { start: end - to.length - 2 - from.length, end: end - to.length - 2 } },
    { id: to, range: { start: end - to.length, end } },
  ];
  const missing = ends.filter(({ id }) => findNamed(target, id) === undefined || !ids.includes(id));
  for (const { id, range } of missing) yield undefinedName('step', id, ids, range, 'a range goes from one step to another');
  if (missing.length === 0) {
    const message = `"${from}" and "${to}" do not stand in one list in this order; name two steps of the same list, the earlier one first`;
    yield { range: place.range, message };
  }
}
