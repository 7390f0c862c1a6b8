import { isInventoryFile } from '../../createChecker.js';
import { readSyntax } from '../../parser/readSyntax.js';
import type { Range, TextEdit } from '../../text/range.js';
import type { CodeAction, CodeActionKind, CodeActionOptions } from './codeAction.js';
import { declarationFor } from './declare.js';
import { extractProcedure } from './extractProcedure.js';
import { diagnosticsWith, keepsSense } from './keepsSense.js';
import type { TextInWorkspace } from './keepsSense.js';
import { missingParts } from './missingParts.js';
import { blockToQuotes } from './notation/blockToQuotes.js';
import { bracketsToLines } from './notation/bracketsToLines.js';
import { quotesToBlock } from './notation/quotesToBlock.js';
import { quoteNumber } from './quoteNumber.js';
import type { Rewriting, Selected } from './spots.js';
import { addTimeout, addVerify } from './stepKeys.js';
import { typedProbe } from './typedProbe.js';
import { applied } from '../../text/applied.js';

/** What is asked for, and how files beside it are read. */
export interface ActionRequest extends TextInWorkspace, CodeActionOptions {
  readonly range: Range;
}

/** What can be done about what is found at a place, then what can be made of it. Nothing that would break the text. */
export async function codeActionsAt(request: ActionRequest): Promise<readonly CodeAction[]> {
  const { file, text, range, wants = () => true } = request;
  const { root, sound } = readSyntax(text);
  const found = request.diagnostics ?? (await diagnosticsWith(request, text));
  const near = found.filter((diagnostic) => diagnostic.range.start <= range.end && range.start <= diagnostic.range.end);
  const actions: CodeAction[] = [];
  const add = (kind: CodeActionKind, rewriting: Rewriting | undefined, more: { preferred?: boolean; code?: string } = {}): boolean => {
    if (rewriting === undefined || !wants(kind)) return false;
    if (actions.some(({ title, edits }) => title === rewriting.title && sameEdits(edits.get(file), rewriting.edits))) return true;
    const edits = inOrder(rewriting.edits);
    if (sound && kind !== 'quickfix' && !readSyntax(applied(text, edits)).sound) return false;
    const { preferred = false, code } = more;
    actions.push({ title: rewriting.title, kind, edits: new Map([[file, edits]]), preferred, ...(code === undefined ? {} : { code }) });
    return true;
  };
  for (const { fix, code } of near) add('quickfix', fix, { preferred: fix !== undefined && fix.guess !== true, code });
  if (root?.kind !== 'mapping' || !sound) return actions;
  const selected: Selected = { file, text, root, range };
  for (const diagnostic of near) {
    const { code } = diagnostic;
    if (!isInventoryFile(file)) add('quickfix', declarationFor(selected, diagnostic), { code });
    for (const rewriting of missingParts(selected, diagnostic)) add('quickfix', rewriting, { code });
  }
  if (!isInventoryFile(file)) {
    const extracted = wants('refactor.extract') ? extractProcedure(selected) : undefined;
    if (extracted !== undefined && (await keepsSense(request, applied(text, inOrder(extracted.edits))))) add('refactor.extract', extracted);
    for (const rewrite of [typedProbe, addTimeout, addVerify]) add('refactor.rewrite', rewrite(selected));
  }
  if (!actions.some(({ title }) => title.includes('in quotes'))) add('refactor.rewrite', quoteNumber(selected));
  for (const rewrite of [quotesToBlock, blockToQuotes, bracketsToLines]) add('refactor.rewrite', rewrite(selected));
  return actions;
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.range.start - b.range.start);
}

function sameEdits(a: readonly TextEdit[] | undefined, b: readonly TextEdit[]): boolean {
  return (
    a?.length === b.length &&
    a.every(({ range, text }, index) => {
      const other = b[index];
      return other !== undefined && range.start === other.range.start && range.end === other.range.end && text === other.text;
    })
  );
}
