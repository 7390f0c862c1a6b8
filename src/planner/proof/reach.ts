import { findUsed, parseUseReference, resolveFile } from '../../language/index.js';
import type { ParsedRunbook, Project, Step } from '../../language/index.js';
import { relativeFile } from '../digest.js';
import type { Draft } from '../draft.js';
import { actionOf } from '../stepIds.js';
import type { PlanNode } from '../plan.js';
import type { PlanProblem } from '../problem.js';
import { placeOfRef } from './sourcePlace.js';

/** Which steps and groups stood in some plan. */
export class Reach {
  readonly #project: Project;
  readonly #seen = new Set<string>();
  #plans = 0;

  constructor(project: Project) {
    this.#project = project;
  }

  /** Takes note of all that stands in a draft, also of the generic steps of a hop that another runbook is followed for. */
  add(draft: Draft): void {
    if (draft.plan === undefined) return;
    this.#plans++;
    this.#note(draft.plan.steps);
    for (const { generic } of draft.comparisons) this.#note(generic);
  }

  /** Whether every step stood in some plan. */
  isComplete(): boolean {
    return this.#plans > 0 && this.unreached().length === 0;
  }

  /** Warnings for steps that stood in none; none at all when there was no plan. Of a group, only the group. */
  unreached(): readonly PlanProblem[] {
    const { root } = this.#project;
    if (this.#plans === 0 || root.value === undefined) return [];
    const found: PlanProblem[] = [];
    const visited = new Set<string>();
    const { prerequisites = [], steps, finally: last = [] } = root.value;
    for (const step of [...prerequisites, ...steps, ...last]) this.#visit(step, root, visited, found);
    for (const { use } of root.value.upgrade?.instead ?? []) this.#visitUse(use, root, visited, found);
    return found;
  }

  #note(nodes: readonly PlanNode[]): void {
    for (const node of nodes) {
      this.#seen.add(`${node.at.file}:${String(node.at.line)}`).add(`${node.at.file}:${String(node.at.line)}:${node.id}`);
      if (node.kind === 'group') this.#note(node.children);
    }
  }

  #visit(step: Step, document: ParsedRunbook, visited: Set<string>, found: PlanProblem[]): void {
    const start = document.positions.of(step)?.start;
    if (start === undefined || actionOf(step) === undefined) return;
    const file = relativeFile(this.#project.root.file, document.file);
    const line = document.lines.position(start).line;
    const key = `${file}:${String(line)}`;
    if (!this.#seen.has(step.id === undefined ? key : `${key}:${step.id}`)) {
      const place = placeOfRef(this.#project, { file, line }, step.id);
      const already = found.some((one) => one.file === place.file && one.diagnostic.range.start === place.range.start);
      if (!already) found.push({ file: place.file, diagnostic: { ...place, ...unreachable(step) } });
      return;
    }
    for (const inner of step.steps ?? []) this.#visit(inner, document, visited, found);
    if (step.use !== undefined) this.#visitUse(step.use, document, visited, found);
  }

  #visitUse(use: string, from: ParsedRunbook, visited: Set<string>, found: PlanProblem[]): void {
    const reference = parseUseReference(use);
    if (reference === undefined) return;
    const file = reference.file === undefined ? from.file : resolveFile(from.file, reference.file);
    const document = this.#project.files.get(file);
    const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
    if (document?.value === undefined || visited.has(mark)) return;
    visited.add(mark);
    const { prerequisites = [], steps } = document.value;
    const used = reference.id === undefined ? [...prerequisites, ...steps] : (findUsed(document.value, reference) ?? []);
    for (const step of used) this.#visit(step, document, visited, found);
  }
}

function unreachable(step: Step): { code: string; severity: 'warning'; message: string } {
  const name = step.id ?? step.title ?? actionOf(step) ?? 'step';
  const why = step.when === undefined ? 'its hosts or the conditions around it' : `its condition "${step.when}" and those around it`;
  return {
    code: 'unreachable-step',
    severity: 'warning',
    message: `step "${name}" is carried out in no variant: look at ${why}, or remove it`,
  };
}
