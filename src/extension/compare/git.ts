import * as vscode from 'vscode';

/** Kinds of references, as the built-in git extension numbers them. */
const KINDS = ['branch', 'remote branch', 'tag'] as const;

/** A name for a state of a repository. */
export interface Revision {
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  /** Hash of its commit. */
  readonly commit: string | undefined;
}

/** A repository, as far as this extension reads it. */
export interface Repository {
  readonly root: vscode.Uri;
  /** Name of the branch that is checked out. */
  readonly branch: string | undefined;
  revisions(): Promise<readonly Revision[]>;
  /** Text of a file at a revision; undefined where it has none there. `path`: absolute. */
  textAt(revision: string, path: string): Promise<string | undefined>;
}

/** What this extension uses of the interface that the built-in git extension offers to others. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<string>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly HEAD: { readonly name?: string } | undefined };
  getRefs(query: object): Promise<readonly { readonly type: number; readonly name?: string; readonly commit?: string }[]>;
  show(revision: string, path: string): Promise<string>;
}

/** Longest that the git extension may take to look around, in ms. */
const PATIENCE_MS = 10_000;

/**
 * The repository that a file lies in, through the built-in git extension; no process of ours. Undefined where there is none, where git is
 * switched off, and in a workspace nobody has trusted: there that extension does not work.
 */
export async function repositoryOf(file: vscode.Uri): Promise<Repository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined || file.scheme !== 'file') return undefined;
  const offered = await extension.activate();
  if (!offered.enabled) return undefined;
  const git = offered.getAPI(1);
  await initialized(git);
  const found = git.getRepository(file) ?? (await git.openRepository?.(vscode.Uri.joinPath(file, '..'))) ?? undefined;
  return found === undefined ? undefined : read(found);
}

function initialized(git: GitApi): Promise<void> {
  if (git.state === 'initialized') return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    const listener = git.onDidChangeState((state) => {
      if (state === 'initialized') done();
    });
  });
}

function read(repository: GitRepository): Repository {
  return {
    root: repository.rootUri,
    branch: repository.state.HEAD?.name,
    async revisions() {
      const found = await repository.getRefs({});
      return found.flatMap(({ type, name, commit }) => {
        const kind = KINDS[type];
        return kind === undefined || name === undefined ? [] : [{ name, kind, commit }];
      });
    },
    async textAt(revision, path) {
      try {
        return await repository.show(revision, path);
      } catch {
        return undefined;
      }
    },
  };
}
