import type { EvidenceGiven, Gate, GateAnswer, RunState } from '../../events/index.js';
import { NO_HOST, stepTitle } from '../../planner/index.js';

/** Every question that was answered, and those that are still open: when, what, the answer, by whom, the evidence. */
export function gateRows(state: RunState): readonly (readonly string[])[] {
  return [
    ...state.closedGates.map(({ gate, answer, by, at }) => [
      at,
      questionOf(gate, state),
      answerText(answer, gate),
      by,
      evidenceText(gate, answer),
    ]),
    ...state.gates.map((gate) => ['', questionOf(gate, state), 'not answered', '', '']),
  ];
}

function questionOf(gate: Gate, state: RunState): string {
  const place = 'step' in gate ? `${stepTitle(state.plan, gate.step)}${gate.target === NO_HOST ? '' : ` for ${gate.target}`}: ` : '';
  switch (gate.kind) {
    case 'method':
      return `${place}which way (${gate.methods.map(({ title }) => title).join(', ')})?`;
    case 'failure':
      return `${place}it failed: ${gate.failure.message}`;
    default:
      return `${place}${gate.text}`;
  }
}

function answerText(answer: GateAnswer, gate: Gate): string {
  const why = 'why' in answer && answer.why !== undefined && answer.why !== '' ? `: ${answer.why}` : '';
  switch (answer.kind) {
    case 'method':
      return `way ${answer.name}`;
    case 'remedy':
      return `remedy: ${gate.kind === 'failure' ? (gate.remedies[answer.index]?.title ?? '') : ''}`;
    case 'value':
      return `value ${String(answer.value)}`;
    default:
      return `${answer.kind}${why}`;
  }
}

function evidenceText(gate: Gate, answer: GateAnswer): string {
  if (answer.kind !== 'done' || gate.kind !== 'manual') return '';
  return answer.evidence.map((given) => givenText(given, gate.evidence.find(({ id }) => id === given.id)?.title)).join('; ');
}

function givenText({ id, value, sha256 }: EvidenceGiven, title = id): string {
  const said = value === true ? 'confirmed' : String(value);
  return `${title}: ${said}${sha256 === undefined ? '' : ` (SHA-256 ${sha256})`}`;
}
