import { resolve } from 'node:path';
import { HumanError } from '../engine/index.js';
import type { RunHandle } from '../engine/index.js';
import type { EvidenceGiven, EvidenceRequest, Gate, GateAnswer } from '../events/index.js';
import { stepTitle } from '../planner/index.js';
import type { AskLine, Questions } from './questions.js';
import { fileEvidence } from './headless.js';
import { paint } from './io.js';
import type { Io } from './io.js';

/** Puts the gates of a run to the person at the terminal, one after the other. */
export function driveInteractively(handle: RunHandle, questions: Questions, io: Io): void {
  const put = (gate: Gate): void => {
    questions
      .together((ask) => putGate(gate, handle, ask, io))
      .catch((error: unknown) => {
        // Nobody can be asked any more: the terminal is gone, or its person pressed Ctrl-C.
        void handle.stop(`The question could not be asked: ${(error as Error).message}.`);
      });
  };
  for (const gate of handle.state.gates) put(gate);
  handle.onEvent((event) => {
    if (event.type === 'gate_opened') put(event.gate);
  });
}

/** Asks until the engine takes an answer. */
async function putGate(gate: Gate, handle: RunHandle, ask: AskLine, io: Io): Promise<void> {
  const say = (text: string): void => {
    io.out(`${text}\n`);
  };
  for (;;) {
    if (!handle.state.gates.some((open) => open.id === gate.id)) return;
    try {
      const answer = await answerTo(gate, handle, ask, say, io);
      if (answer === undefined) continue;
      handle.answer(gate.id, answer.answer, answer.by);
      return;
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      say(paint(io, 'yellow', error.message));
    }
  }
}

type Given = { readonly answer: GateAnswer; readonly by?: string } | undefined;

async function answerTo(gate: Gate, handle: RunHandle, ask: AskLine, say: (text: string) => void, io: Io): Promise<Given> {
  switch (gate.kind) {
    case 'confirm': {
      say(`\n${paint(io, 'bold', gate.text)}`);
      for (const host of gate.hosts)
        say(`  ${host.name.padEnd(16)} ${host.user === undefined ? '' : `${host.user}@`}${host.address}  ${host.fingerprint ?? ''}`);
      if (gate.irreversible.length > 0) say(paint(io, 'yellow', 'Cannot be taken back:'));
      for (const step of gate.irreversible) say(`  ${step.title}: ${step.why}`);
      const typed = await ask(
        gate.typed === undefined
          ? 'Type "yes" to begin, anything else to stop: '
          : `Type the name of the environment, ${gate.typed}, to begin: `,
      );
      if (gate.typed !== undefined) return typed === '' ? { answer: { kind: 'stop' } } : { answer: { kind: 'approve', typed } };
      return typed === 'yes' ? { answer: { kind: 'approve' } } : { answer: { kind: 'stop' } };
    }
    case 'manual':
      return manual(gate, handle, ask, say, io);
    case 'method': {
      say(`\n${paint(io, 'bold', titleOf(handle, gate.step))}: there is more than one way.`);
      gate.methods.forEach((method, index) => say(`  ${String(index + 1)}  ${method.title}${method.needsPerson ? ' (by a person)' : ''}`));
      const chosen = gate.methods[Number(await ask('Which way? ')) - 1];
      return chosen === undefined ? undefined : { answer: { kind: 'method', name: chosen.name } };
    }
    case 'failure':
      return failure(gate, handle, ask, say, io);
    case 'unknown': {
      say(`\n${paint(io, 'yellow', `Nobody can know whether "${titleOf(handle, gate.step)}" ran on ${gate.target}.`)}\n${gate.text}`);
      const choice = await ask('r run it again, d it is done, s stop: ');
      if (choice === 'r') return { answer: { kind: 'retry' } };
      if (choice === 's') return { answer: { kind: 'stop' } };
      return choice === 'd' ? { answer: { kind: 'succeeded', why: await ask('How do you know? ') } } : undefined;
    }
    case 'prompt': {
      say(`\n${paint(io, 'yellow', `"${titleOf(handle, gate.step)}" on ${gate.target} waits for an answer:`)}\n${gate.text}`);
      const typed = await ask('Answer (sent as it is): ');
      if (handle.state.gates.some((open) => open.id === gate.id)) handle.input(gate.step, gate.target, `${typed}\r`);
      return { answer: { kind: 'typed' } };
    }
    case 'value':
      say(`\n${gate.text}`);
      return { answer: { kind: 'value', value: await fieldValue(gate.request, ask) } };
  }
}

async function manual(
  gate: Extract<Gate, { kind: 'manual' }>,
  handle: RunHandle,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
): Promise<Given> {
  say(`\n${paint(io, 'bold', titleOf(handle, gate.step))}${gate.target === '-' ? '' : ` on ${gate.target}`}\n${gate.text}`);
  if (gate.open !== undefined) say(`Open: ${gate.open}`);
  if (gate.expect !== undefined) say(`Expected: ${gate.expect}`);
  const begin = await ask(`Press Enter when it is done${gate.optional ? ', k to leave it out' : ''}, s to stop: `);
  if (begin === 's') return { answer: { kind: 'stop' } };
  if (begin === 'k' && gate.optional) return { answer: { kind: 'skip', why: await ask('Why? ') } };
  const evidence: EvidenceGiven[] = [];
  for (const request of gate.evidence) {
    if (request.kind === 'attest')
      evidence.push({ id: request.id, value: (await ask(`${request.title} Type "yes" to confirm: `)) === 'yes' });
    else if (request.kind === 'file') evidence.push(await fileEvidence(request, resolve(io.cwd, await ask(`${request.title} (file): `))));
    else evidence.push({ id: request.id, value: await fieldValue(request, ask) });
  }
  const by = gate.otherPerson ? await ask('Name of the other person who approves: ') : undefined;
  return { answer: { kind: 'done', evidence }, ...(by === undefined ? {} : { by }) };
}

async function fieldValue(request: EvidenceRequest, ask: AskLine): Promise<string> {
  const options = request.options === undefined ? '' : ` (${request.options.join(', ')})`;
  return ask(`${request.title}${options}: `);
}

async function failure(
  gate: Extract<Gate, { kind: 'failure' }>,
  handle: RunHandle,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
): Promise<Given> {
  say(
    `\n${paint(io, 'red', `"${titleOf(handle, gate.step)}" failed${gate.target === '-' ? '' : ` on ${gate.target}`}.`)} ${gate.failure.message}`,
  );
  if (gate.failure.detail !== undefined) say(paint(io, 'dim', gate.failure.detail));
  if (gate.failure.next !== undefined) say(gate.failure.next);
  const remedies = [...gate.remedies].sort((a, b) => Number(b.matches) - Number(a.matches));
  remedies.forEach((remedy, index) =>
    say(
      `  ${String(index + 1)}  ${remedy.title}${remedy.cause === undefined ? '' : ` – ${remedy.cause}`}${remedy.matches ? ' (fits what was seen)' : ''}`,
    ),
  );
  if (gate.escalate !== undefined) say(`  Help: ${gate.escalate}`);
  const choices = [
    'r try again',
    'k skip',
    ...(gate.excludable ? ['x leave this host out'] : []),
    ...(gate.undo.length > 0 ? [`u take back ${String(gate.undo.length)} step(s)`] : []),
    's stop',
  ];
  const choice = await ask(`${remedies.length > 0 ? 'A number for a remedy, ' : ''}${choices.join(', ')}: `);
  const remedy = remedies[Number(choice) - 1];
  if (remedy !== undefined) return { answer: { kind: 'remedy', index: remedy.index } };
  switch (choice) {
    case 'r':
      return { answer: { kind: 'retry' } };
    case 'k':
      return { answer: { kind: 'skip', why: await ask('Why? ') } };
    case 'x':
      return { answer: { kind: 'exclude', why: await ask('Why? ') } };
    case 'u':
      return { answer: { kind: 'undo', why: await ask('Why? ') } };
    case 's':
      return { answer: { kind: 'stop' } };
    default:
      return undefined;
  }
}

function titleOf(handle: RunHandle, path: string): string {
  return stepTitle(handle.state.plan, path);
}
