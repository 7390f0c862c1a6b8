import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LineIndex } from '../../language/index.js';
import { DEFAULT_POLICY, parsePolicy, POLICY_FILE } from '../../review/index.js';
import type { ReviewPolicy } from '../../review/index.js';
import type { Io } from '../io.js';
import { lookAt, repositoryOf, treeWorkspace } from '../lint/tree.js';
import { languagePath } from '../workspace.js';
import { UsageError } from '../usage.js';
import type { GitSides } from './gitSides.js';
import type { Side } from './sides.js';

/** A policy, and where it was read; undefined: nobody has written one. */
export interface ReadPolicy {
  readonly policy: ReviewPolicy;
  readonly source: string | undefined;
}

/**
 * The policy that the operator names, else the one at the top of the old commit, so that a change cannot weaken its own judge; for two files, that of
 * the folder the command is called in. Throws {@link UsageError} for one that cannot be read or is not sound.
 */
export async function policyOf(
  named: string | undefined,
  { old, git }: { readonly old: Side; readonly git: GitSides | undefined },
  io: Pick<Io, 'cwd'>,
): Promise<ReadPolicy> {
  const found = await textOf(named, old, git, io);
  if (found === undefined) return { policy: DEFAULT_POLICY, source: undefined };
  const { policy, diagnostics } = parsePolicy(found.name, found.text);
  const [first] = diagnostics;
  if (policy !== undefined) return { policy, source: found.name };
  const { line, column } = new LineIndex(found.text).position(first?.range.start ?? 0);
  throw new UsageError(`${found.name}:${String(line)}:${String(column)}: ${first?.message ?? 'this is no policy'}.`, 'diff');
}

async function textOf(
  named: string | undefined,
  old: Side,
  git: GitSides | undefined,
  io: Pick<Io, 'cwd'>,
): Promise<{ readonly name: string; readonly text: string } | undefined> {
  if (named !== undefined) {
    const file = resolve(io.cwd, named);
    if ((await stat(file).catch(() => undefined))?.isFile() !== true) throw new UsageError(`${named} cannot be read.`, 'diff');
    return { name: named, text: await readFile(file, 'utf8') };
  }
  if (git !== undefined) {
    const text = await old.text(POLICY_FILE);
    return text === undefined ? undefined : { name: `${old.name}:${POLICY_FILE}`, text };
  }
  const file = languagePath(io.cwd, POLICY_FILE);
  const root = (await repositoryOf(io.cwd)) ?? io.cwd;
  const found = await lookAt(file, [root]);
  if (found.kind === 'missing') return undefined;
  const text = await treeWorkspace([root]).readText(file);
  if (text === undefined) throw new UsageError(`${POLICY_FILE} cannot be read.`, 'diff');
  return { name: POLICY_FILE, text };
}
