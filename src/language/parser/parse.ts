import type { Diagnostic } from '../diagnostic.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
import type { Inventory } from '../schema/generated/inventory.js';
import type { Runbook } from '../schema/generated/runbook.js';
import type { JsonSchema } from '../schema/jsonSchema.js';
import { inventorySchema, runbookSchema } from '../schema/runbookSchema.js';
import { validate } from '../schema/validate.js';
import type { Shape } from '../schema/validate.js';
import { LineIndex } from '../text/lineIndex.js';
import type { SyntaxNode } from '../text/syntaxNode.js';
import { hardenInScripts } from './characters.js';
import { PositionIndex } from '../text/positions.js';
import { readSyntax } from './readSyntax.js';

/** Most diagnostics of one file; more of them help nobody. */
const MOST = 500;

/** Reads a runbook. Never throws: trouble is in the diagnostics. */
export function parseRunbook(file: string, text: string): ParsedRunbook {
  return readRunbook(file, text).parsed;
}

/** A runbook with what it was made from. */
export interface RunbookReading {
  readonly parsed: ParsedRunbook;
  /** Absent where the text could not be relied on as YAML, or there was something to say of it as such. */
  readonly sound?: { readonly root: SyntaxNode; readonly shape: Shape };
}

/** {@link parseRunbook} for those who want to go on from there. */
export function readRunbook(file: string, text: string): RunbookReading {
  const { parsed, sound } = parse<Runbook>(file, text, runbookSchema);
  return { parsed: { kind: 'runbook', ...parsed }, ...(sound === undefined ? {} : { sound }) };
}

/** Reads an inventory. Never throws: trouble is in the diagnostics. */
export function parseInventory(file: string, text: string): ParsedInventory {
  return { kind: 'inventory', ...parse<Inventory>(file, text, inventorySchema).parsed };
}

function parse<Value>(
  file: string,
  text: string,
  schema: JsonSchema,
): {
  readonly parsed: Omit<ParsedRunbook, 'kind' | 'value'> & { readonly value: Value | undefined };
  readonly sound?: RunbookReading['sound'];
} {
  const lines = new LineIndex(text);
  const syntax = readSyntax(text);
  if (!syntax.read)
    return { parsed: { file, text, lines, value: undefined, positions: new PositionIndex(), diagnostics: syntax.diagnostics } };
  const shape = validate(file, text, syntax.root, schema);
  const blemishes = hardenInScripts(syntax.diagnostics, shape.scripts);
  // A broken structure makes the shape look wrong in places that are right.
  const { isWhole, diagnostics } = judged([...blemishes, ...(syntax.sound ? shape.diagnostics : [])], syntax.sound);
  const value = isWhole ? (shape.value as Value) : undefined;
  const { root } = syntax;
  return {
    parsed: { file, text, lines, value, positions: shape.positions, diagnostics },
    ...(root === undefined || !syntax.sound || syntax.diagnostics.length > 0 ? {} : { sound: { root, shape } }),
  };
}

/** What is told of a file, and whether it has the shape that is asked for. */
export function judged(
  found: readonly Diagnostic[],
  isSound: boolean,
): { readonly isWhole: boolean; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = inOrder(found);
  return { isWhole: isSound && diagnostics.every(({ severity }) => severity !== 'error'), diagnostics: diagnostics.slice(0, MOST) };
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
