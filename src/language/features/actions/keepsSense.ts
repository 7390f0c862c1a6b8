import { createChecker, isInventoryFile } from '../../createChecker.js';
import type { Diagnostic } from '../../diagnostic.js';
import type { Workspace } from '../../project.js';
import { fileName } from '../../text/fileName.js';

/** A text of a file, and how the files beside it are read. */
export interface TextInWorkspace {
  readonly file: string;
  readonly text: string;
  readonly workspace: Workspace;
  /** Nobody waits for the answer any more. */
  readonly isCancelled?: () => boolean;
}

/**
 * Whether nothing is wrong with another text of a file that was not wrong before: in the file itself, and only then in those that may use it, which have
 * to be read. False when it is cancelled meanwhile.
 */
export async function keepsSense(request: TextInWorkspace, made: string): Promise<boolean> {
  const isCancelled = (): boolean => request.isCancelled?.() === true;
  if (isCancelled() || !(await isAsSound(request, made, request.file))) return false;
  const name = fileName(request.file);
  for (const other of (await request.workspace.listFiles?.()) ?? []) {
    if (isCancelled()) return false;
    if (other === request.file || isInventoryFile(other)) continue;
    const mayUse = (await request.workspace.readText(other))?.includes(name) === true;
    if (mayUse && !(await isAsSound(request, made, other))) return false;
  }
  return !isCancelled();
}

/** All that is found in a file, this one by default, if this one has the text. */
export function diagnosticsWith({ file, workspace }: TextInWorkspace, text: string, of = file): Promise<readonly Diagnostic[]> {
  const readText: Workspace['readText'] = async (other) => (other === file ? text : workspace.readText(other));
  return createChecker({ workspace: { readText } }).diagnose(of);
}

async function isAsSound(request: TextInWorkspace, made: string, of: string): Promise<boolean> {
  const known = new Set((await diagnosticsWith(request, request.text, of)).map(keyOf));
  // That something is not used says no more of a file with one use in it than of a file with none, which is there for others.
  return (await diagnosticsWith(request, made, of)).every((found) => found.severity === 'information' || known.has(keyOf(found)));
}

function keyOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}
