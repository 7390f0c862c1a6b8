import { createChecker, isInventoryFile } from '../../createChecker.js';
import type { Diagnostic } from '../../diagnostic.js';
import { readSyntax } from '../../parser/readSyntax.js';
import type { Workspace } from '../../project.js';
import type { Range, TextEdit } from '../../text/range.js';
import type { CodeAction, CodeActionKind } from './codeAction.js';
import { declarationFor } from './declare.js';
import { extractProcedure } from './extractProcedure.js';
import { quoteNumber } from './quoteNumber.js';
import type { Rewriting, Selected } from './spots.js';
import { addTimeout, addVerify } from './stepKeys.js';
import { typedProbe } from './typedProbe.js';
import { applied } from '../../text/applied.js';
import { fileName } from '../../text/fileName.js';

/** What is asked for, and how files beside it are read. */
export interface ActionRequest {
  readonly file: string;
  readonly text: string;
  readonly range: Range;
  /** Those that the caller shows; undefined finds them anew. */
  readonly diagnostics: readonly Diagnostic[] | undefined;
  readonly workspace: Workspace;
}

/** Rules that find something missing in a step which can be put in. */
const MISSING: Readonly<Record<string, (selected: Selected) => Rewriting | undefined>> = {
  'missing-timeout': addTimeout,
  'change-without-verify': addVerify,
};

/** What can be done about what is found at a place, then what can be made of it. Nothing that would break the text. */
export async function codeActionsAt(request: ActionRequest): Promise<readonly CodeAction[]> {
  const { file, text, range } = request;
  const { root, sound } = readSyntax(text);
  const found = request.diagnostics ?? (await diagnosticsWith(request, text));
  const near = found.filter((diagnostic) => diagnostic.range.start <= range.end && range.start <= diagnostic.range.end);
  const actions: CodeAction[] = [];
  const add = (kind: CodeActionKind, rewriting: Rewriting | undefined, more: { preferred?: boolean; code?: string } = {}): boolean => {
    if (rewriting === undefined) return false;
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
  if (!isInventoryFile(file)) {
    for (const diagnostic of near) {
      const { code } = diagnostic;
      add('quickfix', declarationFor(selected, diagnostic), { code });
      add('quickfix', MISSING[code]?.({ ...selected, range: diagnostic.range }), { code });
    }
    const extracted = extractProcedure(selected);
    if (extracted !== undefined && (await keepsSense(request, extracted))) add('refactor.extract', extracted);
    for (const rewrite of [typedProbe, addTimeout, addVerify]) add('refactor.rewrite', rewrite(selected));
  }
  if (!actions.some(({ title }) => title.includes('in quotes'))) add('refactor.rewrite', quoteNumber(selected));
  return actions;
}

/** Nothing is wrong afterwards that was not wrong before, here and in the files that may use this one. */
async function keepsSense(request: ActionRequest, { edits }: Rewriting): Promise<boolean> {
  const made = applied(request.text, inOrder(edits));
  for (const file of [request.file, ...(await usersOf(request))]) {
    const before = await diagnosticsWith(request, request.text, file);
    const after = await diagnosticsWith(request, made, file);
    const known = new Set(before.map(({ code, message }) => `${code} ${message}`));
    // That something is not used says no more of a file with one use in it than of a file with none, which is there for others.
    if (after.some(({ severity, code, message }) => severity !== 'information' && !known.has(`${code} ${message}`))) return false;
  }
  return true;
}

/** Runbooks in which the name of the file stands. */
async function usersOf({ file, workspace }: ActionRequest): Promise<readonly string[]> {
  const name = fileName(file);
  const users: string[] = [];
  for (const other of (await workspace.listFiles?.()) ?? [])
    if (other !== file && !isInventoryFile(other) && (await workspace.readText(other))?.includes(name) === true) users.push(other);
  return users;
}

/** All that is found in a file, this one by default, if this one has the text. */
function diagnosticsWith({ file, workspace }: ActionRequest, text: string, of = file): Promise<readonly Diagnostic[]> {
  const readText: Workspace['readText'] = async (other) => (other === file ? text : workspace.readText(other));
  return createChecker({ workspace: { readText } }).diagnose(of);
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
