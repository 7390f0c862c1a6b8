import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
import { checkCharacters } from './characters.js';
import { EscapeCheck } from './escapedCharacters.js';
import { checkSize, LimitCheck } from './limits.js';
import { syntaxDiagnostics } from './syntaxErrors.js';
import { tokensOf } from './token.js';
import { TrapCheck } from './traps.js';

/** A text as YAML, however broken. */
export interface Composed {
  /** Absent when the text is past a limit. With syntax errors, it holds what could be made of the text. */
  readonly document: Document | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The structure can be relied on: shape may be judged. */
  readonly sound: boolean;
}

/** Reads a text as YAML 1.2 without tags, directives and second documents. Never throws; what could exhaust the composer never reaches it. `around`: collections around the text, where it is a part of one. */
export function compose(text: string, around = 0): Composed {
  const size = checkSize(text);
  if (size !== undefined) return { document: undefined, diagnostics: [size], sound: false };
  const limits = new LimitCheck(around);
  const traps = new TrapCheck(text);
  const escapes = new EscapeCheck();
  const found = (): readonly Diagnostic[] => [...checkCharacters(text), ...escapes.diagnostics, ...traps.diagnostics];
  for (const token of tokensOf(text)) {
    traps.see(token);
    escapes.see(token);
    const tooMuch = limits.see(token);
    if (tooMuch !== undefined) return { document: undefined, diagnostics: [...found(), tooMuch], sound: false };
  }
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // Comparing each key with each other takes seconds on large mappings; the walk over the shape finds doubles in one pass.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const errors = traps.structureBroken ? [] : document.errors.filter(({ code }) => code !== 'MULTIPLE_DOCS');
  const diagnostics = [...found(), ...syntaxDiagnostics(text, errors)];
  return { document, diagnostics, sound: document.errors.length === 0 && !traps.structureBroken };
}
