import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { HumanError } from '../engine/index.js';
import { LineIndex, parsePlain } from '../language/index.js';
import type { JsonSchema } from '../language/index.js';
import type { PlainValue } from '../planner/index.js';

/** Answers that were written down beforehand, from `--evidence`. */
export interface GivenEvidence {
  /** Who gives it, where somebody other than the operator must. */
  readonly by: string | undefined;
  /** By step path or id, then field. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, PlainValue>>>>;
  /** Directory relative file names start at. */
  readonly directory: string;
}

/** Far more than a person or a program says about one run. */
const MOST_BYTES = 1024 * 1024;

const NEXT = 'It is YAML with "by" and "steps", and under "steps" for each step its fields: steps: {back_up: {attest_1: true}}.';

const SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    by: { type: 'string', description: 'Who gives the evidence.' },
    steps: {
      type: 'object',
      description: 'For each step, by its path or its id, its fields.',
      additionalProperties: {
        type: 'object',
        description: 'The fields of the step.',
        additionalProperties: { type: ['string', 'number', 'boolean'], description: 'What is stated.' },
      },
    },
  },
  required: ['steps'],
};

/** Reads an evidence file, which may be a pipe. Throws a HumanError that names what is wrong with it. */
export async function readEvidence(file: string): Promise<GivenEvidence> {
  return parseEvidence(await beginning(file), file);
}

/** Reads the text of an evidence file, with the limits of a runbook. Throws a HumanError that names the first thing that is wrong with it. */
export function parseEvidence(text: string, file: string): GivenEvidence {
  const { value, diagnostics } = parsePlain(file, text, SCHEMA);
  if (value === undefined) {
    const trouble = diagnostics.find(({ severity }) => severity === 'error');
    if (trouble === undefined) throw new HumanError(`${file}: it is empty`, NEXT);
    const { line, column } = new LineIndex(text).position(trouble.range.start);
    throw new HumanError(`${file}:${String(line)}:${String(column)}: ${trouble.message}.`, NEXT);
  }
  const { by, steps } = value as Pick<GivenEvidence, 'steps'> & { readonly by?: string };
  return { by, steps, directory: resolve(file, '..') };
}

async function beginning(file: string): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of createReadStream(file, { end: MOST_BYTES })) {
      pieces.push(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
  } catch (error) {
    throw new HumanError(`${file} cannot be read: ${(error as Error).message}.`, 'Check the name of the file.');
  }
  if (bytes > MOST_BYTES) throw new HumanError(`${file} is larger than 1 MiB.`, `No evidence is; give another file. ${NEXT}`);
  return Buffer.concat(pieces).toString('utf8');
}
