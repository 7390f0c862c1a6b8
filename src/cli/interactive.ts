import { resolve } from 'node:path';
import type { RunHandle } from '../engine/index.js';
import type { EvidenceGiven, EvidenceRequest, Gate, GateAnswer } from '../events/index.js';
import { showControls, showInLine } from '../events/index.js';
import { stepTitle } from '../planner/index.js';
import type { AskLine, Questions } from './questions.js';
import { answerBeforehand, fileEvidence } from './headless.js';
import type { Reasons } from './headless.js';
import { paint } from './io.js';
import { emphasized } from './reporters/emphasis.js';
import type { Io } from './io.js';
import { isForOperator } from './usage.js';

/** Puts the gates of a run to the person at the terminal, one after the other. */
export function driveInteractively(handle: RunHandle, questions: Questions, io: Io, reasons: Reasons = { approved: false }): void {
  const put = (gate: Gate): void => {
    const given = answerBeforehand(gate, reasons);
    if (given !== undefined) {
      // The run is told after everybody has heard of the question.
      queueMicrotask(() => handle.answer(gate.id, given));
      return;
    }
    questions
      .together((ask) => putGate(gate, handle, ask, io, reasons))
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

async function putGate(gate: Gate, handle: RunHandle, asking: AskLine, io: Io, reasons: Reasons): Promise<void> {
  // A question may settle itself while the person thinks: the window opens, the program goes on.
  const settled = new AbortController();
  const unlisten = handle.onEvent((event) => {
    if (event.type === 'gate_closed' && event.gate === gate.id) settled.abort();
  });
  const ask: AskLine = (question, hidden) => asking(question, hidden, settled.signal);
  try {
    await untilTaken(gate, handle, ask, io, reasons);
  } catch (error) {
    if (!settled.signal.aborted) throw error;
  } finally {
    unlisten();
  }
}

/** Asks until the engine takes an answer. */
async function untilTaken(gate: Gate, handle: RunHandle, ask: AskLine, io: Io, reasons: Reasons): Promise<void> {
  const say = (text: string): void => {
    io.out(`${text}\n`);
  };
  for (;;) {
    if (!handle.state.gates.some((open) => open.id === gate.id)) return;
    try {
      const answer = await answerTo(gate, handle, ask, say, io, reasons);
      if (answer === undefined) continue;
      handle.answer(gate.id, answer.answer, answer.by);
      return;
    } catch (error) {
      if (!isForOperator(error)) throw error;
      say(paint(io, 'yellow', error.message));
    }
  }
}

type Given = { readonly answer: GateAnswer; readonly by?: string } | undefined;

async function answerTo(
  gate: Gate,
  handle: RunHandle,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
  reasons: Reasons,
): Promise<Given> {
  switch (gate.kind) {
    case 'confirm':
      return confirm(gate, ask, say, io, reasons);
    case 'manual':
      return manual(gate, handle, ask, say, io);
    case 'method': {
      say(`\n${paint(io, 'bold', titleOf(handle, gate.step))}: there is more than one way.`);
      gate.methods.forEach((method, index) => say(`  ${String(index + 1)}  ${method.title}${method.needsPerson ? ' (by a person)' : ''}`));
      const typed = await ask(gate.optional === true ? 'Which way? k leaves it out: ' : 'Which way? ');
      if (typed === 'k' && gate.optional === true) return { answer: { kind: 'skip', why: await ask('Why (may be empty)? ') } };
      const chosen = gate.methods[Number(typed) - 1];
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
    case 'doubt':
      return doubt(gate, handle, ask, say, io);
    case 'window': {
      say(`\n${paint(io, 'yellow', gate.text)}`);
      const choice = await ask(`b begin all the same, s stop${gate.opensAt === undefined ? '' : '; left alone, it goes on by itself'}: `);
      if (choice === 's') return { answer: { kind: 'stop' } };
      return choice === 'b' ? { answer: { kind: 'begin', why: await ask('Why? ') } } : undefined;
    }
    case 'value':
      say(`\n${gate.text}`);
      return { answer: { kind: 'value', value: await fieldValue(gate.request, ask) } };
  }
}

async function confirm(
  gate: Extract<Gate, { kind: 'confirm' }>,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
  reasons: Reasons,
): Promise<Given> {
  say(`\n${paint(io, 'bold', gate.text)}`);
  for (const host of gate.hosts)
    say(`  ${host.name.padEnd(16)} ${host.user === undefined ? '' : `${host.user}@`}${host.address}  ${host.fingerprint ?? ''}`);
  if (gate.irreversible.length > 0) say(paint(io, 'yellow', 'Cannot be taken back:'));
  for (const step of gate.irreversible) say(`  ${step.title}: ${step.why}`);
  const typed = await ask(
    gate.typed === undefined
      ? 'Type "yes" to begin, anything else to stop: '
      : `Type the name of the environment, ${showInLine(gate.typed)}, to begin: `,
  );
  if (typed === '' || (gate.typed === undefined && typed !== 'yes')) return { answer: { kind: 'stop' } };
  const why =
    gate.unrehearsed === undefined ? undefined : (reasons.unrehearsed ?? (await ask('It was not rehearsed. Why begin all the same? ')));
  return { answer: { kind: 'approve', ...(gate.typed === undefined ? {} : { typed }), ...(why === undefined ? {} : { why }) } };
}

async function doubt(
  gate: Extract<Gate, { kind: 'doubt' }>,
  handle: RunHandle,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
): Promise<Given> {
  say(`\n${paint(io, 'yellow', `"${titleOf(handle, gate.step)}"${gate.target === '-' ? '' : ` on ${gate.target}`}`)}\n${gate.text}`);
  switch (await ask('d do it, k leave it out, r look again, s stop: ')) {
    case 'd':
      return { answer: { kind: 'perform', why: await ask('How do you know that it is needed? ') } };
    case 'k':
      return { answer: { kind: 'skip', why: await ask('How do you know that it is not needed? ') } };
    case 'r':
      return { answer: { kind: 'retry' } };
    case 's':
      return { answer: { kind: 'stop' } };
    default:
      return undefined;
  }
}

async function manual(
  gate: Extract<Gate, { kind: 'manual' }>,
  handle: RunHandle,
  ask: AskLine,
  say: (text: string) => void,
  io: Io,
): Promise<Given> {
  say(`\n${paint(io, 'bold', titleOf(handle, gate.step))}${gate.target === '-' ? '' : ` on ${gate.target}`}\n${emphasized(gate.text, io)}`);
  if (gate.open !== undefined) say(`Open: ${gate.open}`);
  if (gate.expect !== undefined) say(`Expected: ${emphasized(gate.expect, io)}`);
  const begin = await ask(`Press Enter when it is done${gate.optional ? ', k to leave it out' : ''}, s to stop: `);
  if (begin === 's') return { answer: { kind: 'stop' } };
  if (begin === 'k' && gate.optional) return { answer: { kind: 'skip', why: await ask('Why? ') } };
  const evidence: EvidenceGiven[] = [];
  for (const request of gate.evidence) {
    if (request.kind === 'attest')
      evidence.push({ id: request.id, value: (await ask(`${emphasized(request.title, io)} Type "yes" to confirm: `)) === 'yes' });
    else if (request.kind === 'file') evidence.push(await fileEvidence(request, resolve(io.cwd, await ask(`${request.title} (file): `))));
    else evidence.push({ id: request.id, value: await fieldValue(request, ask) });
  }
  const by = gate.otherPerson ? await ask('Name of the other person who approves: ') : undefined;
  return { answer: { kind: 'done', evidence }, ...(by === undefined ? {} : { by }) };
}

async function fieldValue(request: EvidenceRequest, ask: AskLine): Promise<string> {
  const options = request.options === undefined ? '' : ` (${showControls(request.options.join(', '))})`;
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
      return { answer: { kind: 'skip', why: await ask(gate.optional === true ? 'Why (may be empty)? ' : 'Why? ') } };
    case 'x':
      if (!gate.excludable) return undefined;
      for (const effect of gate.exclusion ?? []) say(`  ${effect}`);
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
  return showInLine(stepTitle(handle.state.plan, path));
}
