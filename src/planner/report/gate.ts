import type { Evidence } from '../../language/index.js';
import type { PlanStep } from '../plan.js';
import type { ReportGate } from './planReport.js';
import { spaced } from './explain/names.js';

/** What a step waits for a person with; undefined where it needs nobody. `said` puts values into text. */
export function gateOf(step: PlanStep, said: (text: string) => string): ReportGate | undefined {
  const methods = Object.entries(step.methods).map(([name, { evidence, title }]) => ({
    evidence,
    way: title === step.title ? spaced(name) : title,
  }));
  const shared = { other_person: step.spec.approver === 'other_person' };
  if (methods.length > 0) {
    // The evidence of a way is asked only of those who choose it.
    const gives = methods.flatMap(({ evidence, way }) => evidence.map((field) => `${said(evidenceText(field))} (${way})`));
    return { kind: 'method', ...shared, gives, methods: methods.map(({ way }) => way) };
  }
  if (step.action === 'manual')
    return { kind: 'manual', ...shared, gives: step.evidence.map((evidence) => said(evidenceText(evidence))), methods: [] };
  return step.optional ? { kind: 'optional', ...shared, gives: [], methods: [] } : undefined;
}

function evidenceText({ attest, value, choice, file, title, type, options }: Evidence): string {
  if (attest !== undefined) return `confirms: ${attest}`;
  if (choice !== undefined) return `chooses ${title ?? spaced(choice)}: ${(options ?? []).join(', ')}`;
  if (file !== undefined) return `attaches ${title ?? spaced(file)}`;
  return `types ${title ?? spaced(value ?? '')}${type === undefined ? '' : ` (${spaced(type)})`}`;
}
