import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { HumanError } from '../engine/index.js';
import type { RunHandle } from '../engine/index.js';
import type { EvidenceGiven, EvidenceRequest, Gate, GateAnswer } from '../events/index.js';
import { factOption } from '../planner/index.js';
import type { GivenEvidence } from './givenEvidence.js';

/** Reasons a command line gives beforehand for what would be asked otherwise. */
export interface Reasons {
  /** Approved beforehand; the name of a production environment was given with it. */
  readonly approved: boolean;
  readonly outsideWindow?: string;
  readonly unrehearsed?: string;
}

/** The answer a command line has given beforehand; undefined when it has not. */
export function answerBeforehand(gate: Gate, { approved, outsideWindow, unrehearsed }: Reasons): GateAnswer | undefined {
  if (gate.kind === 'window' && outsideWindow !== undefined) return { kind: 'begin', why: outsideWindow };
  if (gate.kind !== 'confirm' || !approved || unrehearsed === undefined) return undefined;
  return { kind: 'approve', why: unrehearsed, ...(gate.typed === undefined ? {} : { typed: gate.typed }) };
}

/** What a headless run answers to a gate, or why it must stop there. */
export async function headlessAnswer(
  gate: Gate,
  evidence: GivenEvidence | undefined,
  reasons: Reasons = { approved: false },
): Promise<{ answer: GateAnswer; by?: string } | { stop: string }> {
  const given = answerBeforehand(gate, reasons);
  if (given !== undefined) return { answer: given };
  switch (gate.kind) {
    case 'method': {
      const method = gate.methods.find((candidate) => !candidate.needsPerson);
      return method === undefined
        ? { stop: `${gate.step} needs a person: none of its ways is scripted.` }
        : { answer: { kind: 'method', name: method.name } };
    }
    case 'manual':
      return manualAnswer(gate, evidence);
    case 'failure': {
      const matched = gate.remedies.find((remedy) => remedy.matches);
      const help = matched === undefined ? '' : ` ${matched.cause ?? ''} Remedy: ${matched.title}.`;
      return { stop: `${gate.step} failed: ${gate.failure.message}${help}` };
    }
    case 'unknown':
      return { stop: `Nobody can know whether ${gate.step} ran on ${gate.target}: ${gate.text}` };
    case 'prompt':
      return { stop: `${gate.step} asks a question that no answer fits: ${gate.text}` };
    case 'value':
      return {
        stop: `A value is needed: ${gate.text} Give it with ${factOption(gate.scope, gate.fact, gate.host)}.`,
      };
    case 'doubt':
      return { stop: `${gate.step} failed: ${gate.text}` };
    case 'window':
      return {
        stop: `${gate.text} ${gate.opensAt === undefined ? 'Go' : 'Start it again then, or go'} on with --outside-window WHY.`,
      };
    case 'confirm':
      if (reasons.approved && gate.unrehearsed !== undefined)
        return { stop: `${gate.unrehearsed} Rehearse it there first, or go on with --unrehearsed WHY.` };
      return { stop: 'The run must be approved. Read the plan with `runbook plan`, then use --yes.' };
  }
}

async function manualAnswer(
  gate: Extract<Gate, { kind: 'manual' }>,
  evidence: GivenEvidence | undefined,
): Promise<{ answer: GateAnswer; by?: string } | { stop: string }> {
  const id = gate.step.slice(Math.max(gate.step.lastIndexOf('/'), gate.step.lastIndexOf('@')) + 1);
  const fields = evidence?.steps[`${gate.step}@${gate.target}`] ?? evidence?.steps[gate.step] ?? evidence?.steps[id];
  if (evidence === undefined || fields === undefined) {
    if (gate.optional) return { answer: { kind: 'skip', why: 'Optional; nobody was asked.' } };
    return {
      stop: `${gate.step} needs a person${gate.evidence.length === 0 ? '' : ` (${gate.evidence.map((request) => request.id).join(', ')})`}. Give the evidence with --evidence FILE.`,
    };
  }
  const given: EvidenceGiven[] = [];
  for (const request of gate.evidence) {
    const value = fields[request.id];
    if (value === undefined) return { stop: `${gate.step} needs "${request.id}" (${request.title}) in the evidence file.` };
    given.push(
      request.kind === 'file' ? await fileEvidence(request, resolve(evidence.directory, String(value))) : { id: request.id, value },
    );
  }
  const by = typeof fields['by'] === 'string' ? fields['by'] : gate.otherPerson ? evidence.by : undefined;
  return { answer: { kind: 'done', evidence: given }, ...(by === undefined ? {} : { by }) };
}

/** Name and SHA-256 of a file somebody gives as evidence. */
export async function fileEvidence(request: Pick<EvidenceRequest, 'id'>, file: string): Promise<EvidenceGiven> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new HumanError(`The file of "${request.id}" cannot be read: ${(error as Error).message}.`, 'Check its name.');
  }
  return { id: request.id, value: basename(file), sha256: hash.digest('hex') };
}

/** Answers every gate of a run by itself; the first it cannot answer stops the run. Returns why it stopped. */
export function driveHeadless(
  handle: RunHandle,
  evidence: GivenEvidence | undefined,
  reasons: Reasons,
): { stoppedFor(): string | undefined } {
  let reason: string | undefined;
  const answerGate = async (gate: Gate): Promise<void> => {
    const stop = (why: string): void => {
      reason ??= why;
      if (gate.kind === 'prompt') {
        void handle.stop(why);
        return;
      }
      try {
        handle.answer(gate.id, { kind: 'stop', why });
      } catch (error) {
        // The run may have been stopped meanwhile, and its questions with it.
        if (!(error instanceof HumanError)) throw error;
      }
    };
    try {
      const result = await headlessAnswer(gate, evidence, reasons);
      if ('stop' in result) stop(result.stop);
      else handle.answer(gate.id, result.answer, result.by);
    } catch (error) {
      stop((error as Error).message);
    }
  };
  for (const gate of handle.state.gates) void answerGate(gate);
  handle.onEvent((event) => {
    if (event.type === 'gate_opened') void answerGate(event.gate);
  });
  return { stoppedFor: () => reason };
}
