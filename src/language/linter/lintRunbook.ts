import type { Diagnostic } from '../diagnostic.js';
import { createExpressions, nameTypesOf } from '../expressions/index.js';
import { shiftBy, shiftedDiagnostic } from '../text/shift.js';
import type { ParsedRunbook } from '../project.js';
import type { Runbook, Step } from '../schema/generated/runbook.js';
import { distinct, findingsOf } from './findings.js';
import { aroundSteps } from './lintMemory.js';
import type { LintMemory } from './lintMemory.js';
import { optionOf } from './rule.js';
import type { Declarations, LintContext, RuleDescription, RuleOptions, StepContext } from './rule.js';
import { RULES } from './rules/index.js';
import { byStep, surroundingsOf } from './stepFindings.js';
import type { Found, StepFindings } from './stepFindings.js';
import { walkRunbook } from './walk.js';
import type { StepPlace, TextPlace, Visit } from './walk.js';

/**
 * Applies every rule to a runbook. Empty when it has not its proper shape: then its shape is the news. With a memory, rules for steps look only at
 * those that were edited since; what is found is the same.
 */
export function lintRunbook(
  document: ParsedRunbook,
  files: ReadonlyMap<string, ParsedRunbook>,
  options: RuleOptions = {},
  memory?: LintMemory,
): readonly Diagnostic[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const names = nameTypesOf(runbook);
  const visits = walkRunbook(document, runbook, memory?.walk);
  const shared = {
    document,
    names,
    expressions: createExpressions(names),
    option: (rule: RuleDescription, name: string) => optionOf(rule, name, options),
  };
  const whole: LintContext = { ...shared, runbook, files, ...said(visits), parts: { within: [runbook], without: new Set() } };
  if (memory === undefined) return distinct([...inSteps(whole), ...inAll(whole)]);
  const declarations = declarationsOf(runbook);
  const known = memory.recall(aroundSteps(declarations, names, options));
  const keys = surroundingsOf(visits);
  const edited = new Set([...keys].flatMap(([step, key]) => (known.get(step)?.key === key ? [] : [step])));
  const some: StepContext = edited.size === keys.size ? whole : { ...shared, ...partOf(runbook, declarations, visits, edited) };
  const ofSteps = inSteps(some);
  const remembered = [...keys.keys()].flatMap((step) => (edited.has(step) ? [] : [[step, known.get(step) as StepFindings] as const]));
  memory.keep(new Map([...remembered, ...byStep(ofSteps, edited, keys, document.positions)]));
  return distinct([...ofSteps, ...remembered.flatMap(([step, findings]) => shiftedTo(document, step, findings)), ...inAll(whole)]);
}

/** What rules find that look at each step by itself. */
function inSteps(context: StepContext): readonly Found[] {
  return RULES.flatMap((rule, index) => (rule.scope === 'step' ? findingsOf(rule, index, rule.check(context)) : []));
}

/** What rules find that look at all steps together. */
function inAll(context: LintContext): readonly Found[] {
  return RULES.flatMap((rule, index) =>
    findingsOf(rule, index, rule.scope === 'step' ? (rule.whole?.(context) ?? []) : rule.check(context)),
  );
}

function declarationsOf(runbook: Runbook): Declarations {
  const { prerequisites: _prerequisites, steps: _steps, finally: _finally, procedures: _procedures, ...declarations } = runbook;
  return declarations;
}

/** What is looked at when only some steps were edited: those, and what is around all steps. */
function partOf(
  runbook: Runbook,
  declarations: Declarations,
  visits: readonly Visit[],
  edited: ReadonlySet<Step>,
): Pick<StepContext, 'runbook' | 'texts' | 'steps' | 'visits' | 'parts'> {
  const inner = [...edited].flatMap(({ steps }) => (steps === undefined ? [] : [steps]));
  return {
    runbook,
    ...said(visits.filter(({ step }) => step === undefined || edited.has(step))),
    parts: { within: [declarations, ...edited], without: new Set(inner) },
  };
}

function said(visits: readonly Visit[]): Pick<StepContext, 'texts' | 'steps' | 'visits'> {
  const texts: TextPlace[] = [];
  const steps: StepPlace[] = [];
  for (const visit of visits) {
    for (const text of visit.texts) texts.push(text);
    for (const step of visit.steps) steps.push(step);
  }
  return { texts, steps, visits };
}

function shiftedTo({ file, positions }: ParsedRunbook, step: Step, { start, found }: StepFindings): readonly Found[] {
  if (found.length === 0) return [];
  const delta = (positions.of(step)?.start ?? start) - start;
  return delta === 0
    ? found
    : found.map(({ rule, diagnostic }) => ({ rule, diagnostic: shiftedDiagnostic(diagnostic, file, shiftBy(delta)) }));
}
