import type { Workspace } from '../../project.js';
import { resolveFile } from '../../model/useReference.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { readRoughly } from '../rough/roughReader.js';

/** Other files, as far as somebody who writes one may want to name them. */
export interface Neighbours {
  /** Runbooks, the nearest first; the file itself is not among them. */
  runbooks(): Promise<readonly string[]>;
  /** Those in the same folder; where there are none, all. */
  runbooksBeside(): Promise<readonly string[]>;
  /** What another file says; undefined when it cannot be read. `reference` is seen from the file. */
  read(reference: string): Promise<SyntaxNode | undefined>;
  /** A file as it is named from here. */
  named(file: string): string;
}

/** Files whose last reading is remembered. */
const MOST = 100;

/** Makes the neighbours of files; readings are remembered by text. */
export function createNeighbours(workspace: Workspace): (file: string) => Neighbours {
  const known = new Map<string, { readonly text: string; readonly root: SyntaxNode | undefined }>();
  const read = async (file: string): Promise<SyntaxNode | undefined> => {
    const text = await workspace.readText(file);
    if (text === undefined) return undefined;
    const before = known.get(file);
    if (before?.text === text) return before.root;
    if (known.size >= MOST) known.clear();
    const root = readRoughly(text);
    known.set(file, { text, root });
    return root;
  };
  return (file) => {
    const runbooks = async (): Promise<readonly string[]> =>
      ((await workspace.listFiles?.()) ?? [])
        .filter((other) => other !== file && /\.runbook\.ya?ml$/.test(other))
        .sort((a, b) => distance(file, a) - distance(file, b) || (a < b ? -1 : 1));
    return {
      runbooks,
      async runbooksBeside() {
        const all = await runbooks();
        const beside = all.filter((other) => distance(file, other) === 0);
        return beside.length > 0 ? beside : all;
      },
      read: (reference) => read(resolveFile(file, reference)),
      named: (other) => relative(file, other),
    };
  };
}

/** Folders between two files. */
function distance(from: string, to: string): number {
  const common = sharedFolders(from, to);
  return from.split('/').length + to.split('/').length - 2 - 2 * common;
}

function sharedFolders(from: string, to: string): number {
  const a = from.split('/').slice(0, -1);
  const b = to.split('/').slice(0, -1);
  const different = a.findIndex((folder, index) => folder !== b[index]);
  return different < 0 ? a.length : different;
}

function relative(from: string, to: string): string {
  const common = sharedFolders(from, to);
  const up = from.split('/').length - 1 - common;
  return `${up === 0 ? './' : '../'.repeat(up)}${to.split('/').slice(common).join('/')}`;
}
