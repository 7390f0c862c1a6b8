import { commandSource, descriptorSource, environmentSource, HumanError, inOrder, promptSource } from '../engine/index.js';
import type { SecretGiver } from '../engine/index.js';
import { assignment } from './arguments.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import type { AskLine } from './questions.js';
import { UsageError } from './usage.js';

/**
 * Where a command line takes secrets from: open file descriptors, the environment, a program of the operator, at last the person. The descriptors
 * are read and closed at once. Throws a UsageError for an option that is not right, and a HumanError when a descriptor cannot be read.
 */
export function secretsFor(args: Arguments, io: Io, ask: AskLine | undefined): SecretGiver {
  const command = args.text('secret-command');
  const give = inOrder([
    descriptorSource(descriptorsIn(args)),
    environmentSource(io.env),
    ...(command === undefined
      ? []
      : [commandSource({ argv: argvOf(command), assertMayAct: () => undefined, tell: (text) => void io.err(`${text}\n`) })]),
    ...(ask === undefined ? [] : [promptSource((name, { title }) => ask(`${title} (${name}): `, true))]),
  ]);
  return async (...wanted) => {
    const given = await give(...wanted);
    // Node.js writes it past every mask of ours.
    if (given !== undefined && (io.env['NODE_DEBUG'] ?? '') !== '')
      throw new HumanError('NODE_DEBUG is set: Node.js would print what is sent and started, secrets included.', 'Unset it, then go on.');
    return given;
  };
}

function descriptorsIn(args: Arguments): ReadonlyMap<string, number> {
  const descriptors = new Map<string, number>();
  for (const given of args.list('secret-fd')) {
    const { name, value } = assignment(given, 'secret-fd');
    if (!/^\d+$/.test(value)) throw new UsageError(`--secret-fd takes NAME=NUMBER, not "${given}".`);
    if (descriptors.has(name) || [...descriptors.values()].includes(Number(value)))
      throw new UsageError(`--secret-fd ${given}: each secret has a file descriptor of its own.`);
    descriptors.set(name, Number(value));
  }
  return descriptors;
}

/** A path by itself, or a list of words as JSON. Never a line for a shell. */
function argvOf(text: string): readonly string[] {
  if (!text.trimStart().startsWith('[')) {
    if (text === '') throw new UsageError('--secret-command takes a program.');
    return [text];
  }
  let words: unknown;
  try {
    words = JSON.parse(text);
  } catch {
    words = undefined;
  }
  if (!Array.isArray(words) || words.length === 0 || !words.every((word): word is string => typeof word === 'string') || words[0] === '')
    throw new UsageError('--secret-command takes a program, or a list of texts as JSON: ["pass", "show", "{name}"].');
  return words;
}

/** Refuses a name the runbook does not know: a misspelt one would leave the right one unset. */
export function assertSecretsDeclared(args: Arguments, declared: Readonly<Record<string, unknown>>): void {
  const names = [...descriptorsIn(args).keys()];
  const unknown = names.find((name) => !Object.hasOwn(declared, name));
  if (unknown === undefined) return;
  const known = Object.keys(declared);
  throw new UsageError(
    `--secret-fd ${unknown}: the runbook declares no such secret${known.length === 0 ? '' : `; it declares ${known.join(', ')}`}.`,
  );
}
