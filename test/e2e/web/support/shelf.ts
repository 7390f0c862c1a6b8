import * as vscode from 'vscode';

/** Where the files are. */
const SCHEME = 'shelf';

interface Kept {
  readonly bytes: Uint8Array;
  readonly changed: number;
}

/** The search for files is not for every extension yet, so its type is not published. */
interface Searching {
  registerFileSearchProvider(scheme: string, provider: { provideFileSearchResults(): readonly vscode.Uri[] }): vscode.Disposable;
}

/** Puts the examples where a site has the files of a repository: in the memory of the page, under the folder `/workspace`. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const list = vscode.Uri.joinPath(context.extensionUri, 'workspace.json');
  const texts = (await (await fetch(list.toString(true))).json()) as Readonly<Record<string, string>>;
  const shelf = new Shelf(new Map(Object.entries(texts).map(([path, text]) => [`/workspace/${path}`, text])));
  const searching = vscode.workspace as unknown as Searching;
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider(SCHEME, shelf, { isCaseSensitive: true }),
    searching.registerFileSearchProvider(SCHEME, { provideFileSearchResults: () => shelf.files }),
  );
}

class Shelf implements vscode.FileSystemProvider {
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;
  readonly #files: Map<string, Kept>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#files = new Map([...texts].map(([path, text]) => [path, { bytes: new TextEncoder().encode(text), changed: 1 }]));
  }

  /** Files of the workspace. */
  get files(): readonly vscode.Uri[] {
    return this.#inside('/workspace').map(uriOf);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const kept = this.#files.get(uri.path);
    if (kept !== undefined) return { type: vscode.FileType.File, ctime: 1, mtime: kept.changed, size: kept.bytes.length };
    if (this.#inside(uri.path).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 1, mtime: 1, size: 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const names = this.#inside(uri.path).map((path) => path.slice(uri.path.length + 1).split('/'));
    return [...new Map(names.map(([name = '', ...rest]) => [name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File]))];
  }

  createDirectory(): void {
    // A folder is there as soon as a file is in it.
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const kept = this.#files.get(uri.path);
    if (kept === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return kept.bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const known = this.#files.get(uri.path);
    this.#files.set(uri.path, { bytes, changed: (known?.changed ?? 1) + 1 });
    this.#tell(uri.path, known === undefined ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed);
  }

  delete(uri: vscode.Uri): void {
    for (const path of [uri.path, ...this.#inside(uri.path)]) if (this.#files.delete(path)) this.#tell(path, vscode.FileChangeType.Deleted);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    for (const path of [from.path, ...this.#inside(from.path)]) {
      const kept = this.#files.get(path);
      if (kept === undefined) continue;
      this.writeFile(uriOf(to.path + path.slice(from.path.length)), kept.bytes);
      this.delete(uriOf(path));
    }
  }

  #inside(folder: string): readonly string[] {
    return [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
  }

  #tell(path: string, type: vscode.FileChangeType): void {
    this.#changes.fire([{ type, uri: uriOf(path) }]);
  }
}

function uriOf(path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path });
}
