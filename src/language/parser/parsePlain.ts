import type { Diagnostic } from '../diagnostic.js';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { validate } from '../schema/validate.js';
import type { Positions } from '../text/positions.js';
import { readSyntax } from './readSyntax.js';

/** A small file of settings, read with the same care as a runbook. */
export interface PlainFile {
  /** Plain data of the shape that the schema asks for; undefined where there is an error. */
  readonly value: unknown;
  /** Where each part of `value` stands in the text. */
  readonly positions: Positions;
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads YAML that is neither runbook nor inventory, by a schema of its own. The limits and traps of runbooks hold for it, too. Never throws. */
export function parsePlain(file: string, text: string, schema: JsonSchema): PlainFile {
  const syntax = readSyntax(text);
  if (!syntax.read) return { value: undefined, positions: NOWHERE, diagnostics: syntax.diagnostics };
  const shape = validate(file, text, syntax.root, schema);
  const diagnostics = [...syntax.diagnostics, ...(syntax.sound ? shape.diagnostics : [])].sort((a, b) => a.range.start - b.range.start);
  const whole = syntax.sound && diagnostics.every(({ severity }) => severity !== 'error');
  return { value: whole ? shape.value : undefined, positions: shape.positions, diagnostics };
}

const NOWHERE: Positions = { of: () => undefined, key: () => undefined, value: () => undefined };
