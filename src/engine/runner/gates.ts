import { checkValue, matchWhole } from '../../language/index.js';
import type { ValueType } from '../../language/index.js';
import type { EvidenceGiven, EvidenceRequest, Gate, GateAnswer } from '../../events/index.js';
import { typedValue } from '../../planner/index.js';
import type { Plan } from '../../planner/index.js';

const SHA256 = /^[0-9a-f]{64}$/;

/** Kinds of answers that fit each kind of gate. */
const FITTING: Readonly<Record<Gate['kind'], readonly GateAnswer['kind'][]>> = {
  manual: ['done', 'skip', 'stop'],
  method: ['method', 'skip', 'stop'],
  failure: ['retry', 'remedy', 'skip', 'exclude', 'undo', 'stop'],
  unknown: ['retry', 'succeeded', 'stop'],
  prompt: ['typed', 'stop'],
  doubt: ['perform', 'retry', 'skip', 'stop'],
  window: ['begin', 'stop'],
  value: ['value', 'stop'],
  confirm: ['approve', 'stop'],
};

/** Why an answer cannot be taken, or undefined when it can. Nothing is decided by an answer that does not fit. */
export function refusal(gate: Gate, answer: GateAnswer, by: string, operator: string, plan: Plan): string | undefined {
  if (!FITTING[gate.kind].includes(answer.kind)) return `This question cannot be answered with "${answer.kind}".`;
  if ('why' in answer && answer.kind !== 'stop' && answer.kind !== 'done' && answer.kind !== 'retry' && (answer.why ?? '').trim() === '') {
    if (!mayBeLeftOut(gate, answer) && answer.kind !== 'approve') return 'Give a reason; it goes into the journal.';
  }
  switch (gate.kind) {
    case 'manual':
      if (answer.kind === 'skip' && gate.otherPerson && !gate.optional) return 'Another person must approve this; it cannot be skipped.';
      return answer.kind === 'done'
        ? (personRefusal(gate.otherPerson, by, operator, plan) ?? evidenceRefusal(gate.evidence, answer.evidence))
        : undefined;
    case 'method':
      return answer.kind === 'method' && !gate.methods.some((method) => method.name === answer.name)
        ? `There is no way "${answer.name}".`
        : undefined;
    case 'failure':
      if (answer.kind === 'remedy' && !gate.remedies.some((remedy) => remedy.index === answer.index)) return 'There is no such remedy.';
      if (answer.kind === 'exclude' && !gate.excludable) return 'This step is not about one host that could be left out.';
      if (answer.kind === 'undo' && gate.undo.length === 0) return 'Nothing has been done that could be taken back.';
      return undefined;
    case 'value':
      return answer.kind === 'value' ? fieldRefusal(gate.request, answer.value, undefined) : undefined;
    case 'confirm':
      if (answer.kind === 'approve' && gate.typed !== undefined && answer.typed !== gate.typed)
        return `Type the name of the environment, "${gate.typed}", to approve.`;
      if (answer.kind === 'approve' && gate.unrehearsed !== undefined && (answer.why ?? '').trim() === '')
        return `${gate.unrehearsed} Give a reason to begin all the same; it goes into the journal.`;
      return undefined;
    case 'unknown':
    case 'prompt':
    case 'doubt':
    case 'window':
      return undefined;
  }
}

/** An optional step may be skipped without a reason, whatever it does. */
function mayBeLeftOut(gate: Gate, answer: GateAnswer): boolean {
  return answer.kind === 'skip' && 'optional' in gate && gate.optional === true;
}

function personRefusal(otherPerson: boolean, by: string, operator: string, plan: Plan): string | undefined {
  if (!otherPerson) return undefined;
  const name = (person: string): string => person.trim().toLowerCase();
  if (name(by) === '' || name(by) === name(operator)) return `Somebody other than ${operator} must answer this.`;
  const { approvers } = plan.environment;
  return approvers.length === 0 || approvers.includes(by)
    ? undefined
    : `"${by}" may not approve here; the inventory names ${approvers.join(', ')}.`;
}

function evidenceRefusal(requests: readonly EvidenceRequest[], given: readonly EvidenceGiven[]): string | undefined {
  const extra = given.find((item) => !requests.some((request) => request.id === item.id));
  if (extra !== undefined) return `Nobody asked for "${extra.id}".`;
  const twice = given.find((item, index) => given.findIndex(({ id }) => id === item.id) !== index);
  if (twice !== undefined) return `"${twice.id}" is given twice.`;
  for (const request of requests) {
    const item = given.find((candidate) => candidate.id === request.id);
    if (item === undefined) return `"${request.title}" is still missing.`;
    const wrong = fieldRefusal(request, item.value, item.sha256);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function fieldRefusal(request: EvidenceRequest, value: string | number | boolean, sha256: string | undefined): string | undefined {
  switch (request.kind) {
    case 'attest':
      return value === true ? undefined : `"${request.title}" is not confirmed.`;
    case 'choice':
      return request.options?.includes(String(value)) === true
        ? undefined
        : `"${String(value)}" is not one of ${request.options?.join(', ') ?? 'the options'}.`;
    case 'file':
      return sha256 !== undefined && SHA256.test(sha256) ? undefined : `"${request.title}" needs a file.`;
    case 'value': {
      if (String(value).trim() === '') return `"${request.title}" is empty.`;
      if (request.pattern !== undefined && matchWhole(request.pattern, String(value)) === undefined)
        return `"${String(value)}" does not have the form ${request.pattern}.`;
      const wrong = checkValue(
        { type: (request.type ?? 'string') as ValueType, ...(request.options === undefined ? {} : { options: request.options }) },
        typedValue(value, request.type as ValueType | undefined),
      );
      return wrong === undefined ? undefined : `"${String(value)}" ${wrong}`;
    }
  }
}
