import { stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { repositoryOf, treeWorkspace } from '../lint/tree.js';
import { isInside } from '../workspace.js';
import type { Io } from '../io.js';
import { UsageError } from '../usage.js';
import type { Side } from './sides.js';

/** A file of this machine with all that it may use: what lies in its tree, and nothing outside of it. */
export interface FileSide {
  readonly side: Side;
  /** The name of the file in its side. */
  readonly file: string;
}

/** Reads a document as one side of a comparison. Throws {@link UsageError} for what cannot be read. */
export async function fileSide(operand: string, io: Pick<Io, 'cwd'>): Promise<FileSide> {
  const path = resolve(io.cwd, operand);
  if (!/\.(runbook|inventory)\.ya?ml$/.test(path))
    throw new UsageError(`${operand} is neither a runbook nor an inventory: their names end in .runbook.yaml and .inventory.yaml.`, 'diff');
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new UsageError(`${operand} cannot be read.`, 'diff');
  const ours = (await repositoryOf(io.cwd)) ?? io.cwd;
  const root = isInside(ours, path) ? ours : ((await repositoryOf(dirname(path))) ?? dirname(path));
  const workspace = treeWorkspace([root]);
  const read = (file: string): Promise<string | undefined> => workspace.readText(`${root.replaceAll(sep, '/').replace(/\/$/, '')}/${file}`);
  const file = relative(root, path).replaceAll(sep, '/');
  if ((await read(file)) === undefined)
    throw new UsageError(`${operand} cannot be read: it leads out of its tree, or it is too large.`, 'diff');
  return { file, side: { name: operand, files: [file], special: new Map(), mark: () => undefined, text: read } };
}
