import { findUsed, parseUseReference, resolveFile } from '../../../language/index.js';
import type { ParsedRunbook, Project, Remedy, Step, Undo } from '../../../language/index.js';
import { actionOf, canonicalJson } from '../../../planner/index.js';
import { meaningOfStep } from '../meaning.js';
import type { ProjectNames } from '../names.js';
import { beforeAfter, quoted, short } from '../words.js';
import type { PartPair } from './partPair.js';
import { compareInner } from './comparePart.js';

/** What takes a step back, and what helps when it fails. */
export function compareAsides(pair: PartPair, old: Step, now: Step): void {
  compareUndo(pair, old, now);
  compareIrreversible(pair);
  compareRemedies(pair, old.on_failure?.remedies ?? [], now.on_failure?.remedies ?? []);
  const [before, after] = [old.on_failure?.escalate, now.on_failure?.escalate];
  if ((before === undefined ? undefined : pair.names.of('contacts', before)) !== after)
    pair.tell('help-changed', `whom to turn to when ${pair.label} fails: ${beforeAfter(before, after)}`, 'on_failure');
}

function compareUndo(pair: PartPair, { undo: was }: Step, { undo: is }: Step): void {
  const { label, world } = pair;
  if (was === undefined && is !== undefined)
    pair.tell('safeguard-added', `${label} can now be taken back: ${short(is.title ?? is)}`, 'undo');
  else if (was !== undefined && is === undefined)
    pair.tell('undo-removed', `${label} can no longer be taken back; before: ${short(was.title ?? was)}`, 'undo');
  else if (was !== undefined && is !== undefined) {
    const [before, after] = [inFull(world.old, pair.old.document, was, world.names), inFull(world.now, pair.now.document, is)];
    if (before === after) return;
    if (actionOf(was) !== actionOf(is) || was.use !== undefined)
      pair.tell(
        'undo-changed',
        `${label} is taken back in another way: ${beforeAfter(...undoInWords(was, is))}`,
        'undo',
        is.manual === undefined ? 'dangerous' : 'notable',
      );
    else compareInner(pair.inner(was, is, `the undo of ${label}`, was.manual === undefined ? 'act' : 'gate'));
  }
}

/** What undos are called; where both are called the same, what they do. */
function undoInWords(was: Undo, is: Undo): [unknown, unknown] {
  if (was.title !== is.title) return [was.title ?? was, is.title ?? is];
  const [{ title: _was, ...before }, { title: _is, ...after }] = [was, is];
  return [before, after];
}

function compareIrreversible(pair: PartPair): void {
  if (!pair.differs('irreversible')) return;
  const [before, after] = [pair.before('irreversible'), pair.after('irreversible')];
  if (before === undefined) pair.tell('irreversible-added', `${pair.label} can no longer be taken back: ${short(after)}`, 'irreversible');
  else if (after === undefined) pair.tell('undo-changed', `${pair.label} no longer says that it cannot be taken back`, 'irreversible');
  else pair.tell('text-changed', `why ${pair.label} cannot be taken back: ${beforeAfter(before, after)}`, 'irreversible');
}

/** Remedies are known by their titles. One that acts is as much of a risk as a step. */
function compareRemedies(pair: PartPair, old: readonly Remedy[], now: readonly Remedy[]): void {
  const rest = [...old];
  for (const remedy of now) {
    const at = rest.findIndex(({ title }) => title === remedy.title);
    const [earlier] = at < 0 ? [] : rest.splice(at, 1);
    if (earlier !== undefined) compareRemedy(pair, earlier, remedy);
    else if (actionOf(remedy) === undefined || remedy.manual !== undefined)
      pair.tell('help-changed', `when ${pair.label} fails, there is new help: ${quoted(remedy.title)}`, 'on_failure');
    else
      pair.tell(
        'step-added',
        `when ${pair.label} fails, this can now be done: ${quoted(remedy.title)} (${short(meaningOfStep(remedy))})`,
        'on_failure',
      );
  }
  for (const { title } of rest) pair.tell('help-changed', `when ${pair.label} fails, this help is gone: ${quoted(title)}`, 'on_failure');
}

function compareRemedy(pair: PartPair, old: Remedy, now: Remedy): void {
  const { world } = pair;
  if (inFull(world.old, pair.old.document, old, world.names) === inFull(world.now, pair.now.document, now)) return;
  const inner = pair.inner(old, now, `the remedy ${quoted(now.title)} of ${pair.label}`, old.manual === undefined ? 'act' : 'gate');
  if (actionOf(old) === actionOf(now) && old.use === undefined) compareInner(inner);
  else if (actionOf(now) === undefined || now.manual !== undefined)
    pair.tell('help-changed', `${inner.label} is another one`, 'on_failure');
  else inner.tell('script-changed', `${inner.label} does something else: ${beforeAfter(old, now)}`, actionOf(now) ?? '');
}

/** Steps that are followed from one undo; more is a mistake that the linter tells of. */
const MOST_STEPS = 500;

/** An undo or a remedy with the steps that its `use` stands for, wherever they are written; as canonical text. */
function inFull(project: Project, document: ParsedRunbook, part: object, names?: ProjectNames): string {
  const steps: unknown[] = [];
  follow(project, document, part, [], (step, from) => {
    steps.push(names === undefined ? step : names.in(from).renamed(step));
    return steps.length < MOST_STEPS;
  });
  return canonicalJson(steps);
}

/** Hands on a step and what it stands for, until `take` has enough. */
function follow(
  project: Project,
  document: ParsedRunbook,
  step: Step,
  trail: readonly string[],
  take: (step: unknown, from: ParsedRunbook) => boolean,
): void {
  const { use: _use, steps: _steps, id: _id, ...rest } = meaningOfStep(step);
  if (!take(rest, document)) return;
  for (const one of step.steps ?? []) follow(project, document, one, trail, take);
  const reference = step.use === undefined ? undefined : parseUseReference(step.use);
  if (reference === undefined) return;
  const file = reference.file === undefined ? document.file : resolveFile(document.file, reference.file);
  const used = project.files.get(file);
  const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
  if (used?.value === undefined || trail.includes(mark)) return;
  const found =
    reference.id === undefined ? [...(used.value.prerequisites ?? []), ...used.value.steps] : (findUsed(used.value, reference) ?? []);
  for (const one of found) follow(project, used, one, [...trail, mark], take);
}
