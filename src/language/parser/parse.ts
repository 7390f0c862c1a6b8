import type { Diagnostic } from '../diagnostic.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
import type { Inventory } from '../schema/generated/inventory.js';
import type { Runbook } from '../schema/generated/runbook.js';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { inventorySchema, runbookSchema } from '../schema/runbookSchema.js';
import { validate } from '../schema/validate.js';
import { LineIndex } from '../text/lineIndex.js';
import { hardenInScripts } from './characters.js';
import { PositionIndex } from '../text/positions.js';
import { readSyntax } from './readSyntax.js';

/** Most diagnostics of one file; more of them help nobody. */
const MOST = 500;

/** Reads a runbook. Never throws: trouble is in the diagnostics. */
export function parseRunbook(file: string, text: string): ParsedRunbook {
  return { kind: 'runbook', ...parse<Runbook>(file, text, runbookSchema) };
}

/** Reads an inventory. Never throws: trouble is in the diagnostics. */
export function parseInventory(file: string, text: string): ParsedInventory {
  return { kind: 'inventory', ...parse<Inventory>(file, text, inventorySchema) };
}

function parse<Value>(
  file: string,
  text: string,
  schema: JsonSchema,
): Omit<ParsedRunbook, 'kind' | 'value'> & { readonly value: Value | undefined } {
  const lines = new LineIndex(text);
  const syntax = readSyntax(text);
  if (!syntax.read) return { file, text, lines, value: undefined, positions: new PositionIndex(), diagnostics: syntax.diagnostics };
  const shape = validate(file, text, syntax.root, schema);
  const blemishes = hardenInScripts(syntax.diagnostics, shape.scripts);
  // A broken structure makes the shape look wrong in places that are right.
  const diagnostics = inOrder([...blemishes, ...(syntax.sound ? shape.diagnostics : [])]);
  const whole = syntax.sound && diagnostics.every(({ severity }) => severity !== 'error');
  return {
    file,
    text,
    lines,
    value: whole ? (shape.value as Value) : undefined,
    positions: shape.positions,
    diagnostics: diagnostics.slice(0, MOST),
  };
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
