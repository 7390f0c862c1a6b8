import type { Readable, Writable } from 'node:stream';
import {
  createConnection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { Connection, Disposable, InitializeParams, InitializeResult, ServerCapabilities } from 'vscode-languageserver/node';
import { createLanguageService } from '../language/index.js';
import { clientOf } from './client.js';
import type { Client } from './client.js';
import { ClientWorkspace } from './clientWorkspace.js';
import type { DiskFiles } from './diskFiles.js';
import { fileOf } from './documents/addresses.js';
import { OpenDocuments } from './documents/openDocuments.js';
import { FEATURES } from './features/all.js';
import { isConfiguration } from './problems/folderConfigurations.js';
import { Problems } from './problems/problems.js';
import type { Session } from './session.js';

/** What is worth a look when it changes on the disk. */
const WATCHED = ['**/*.{runbook,inventory}.{yaml,yml}', '**/.runbook-lint.yaml'];

/** What the language server needs of whoever starts it. */
export interface ServeOptions {
  /** Messages of the client. When it ends, the process does. */
  readonly input: Readable;
  /** Takes nothing but messages for the client. */
  readonly output: Writable;
  readonly disk: DiskFiles;
  readonly version: string;
  /** Address of a page of the documentation, named from its folder; undefined where there is none. */
  readonly documentation: (page: string) => string | undefined;
}

/**
 * Speaks the Language Server Protocol with one client about runbooks and inventories. It never comes back: the process ends with the conversation,
 * with 0 where the client has taken its leave (`shutdown`, then `exit`), else with 1, also when the process that the client has named is gone.
 */
export function serveLanguage(options: ServeOptions): Promise<never> {
  const connection = createConnection(options.input, options.output);
  let state: 'new' | 'open' | 'over' = 'new';
  let answering: readonly Disposable[] = [];
  connection.onInitialize((params) => {
    if (state !== 'new') throw new ResponseError(ErrorCodes.InvalidRequest, 'the conversation has begun already');
    state = 'open';
    const session = sessionFor(params, connection, options);
    answering = begin(session);
    return introduction(session.client, options.version);
  });
  connection.onShutdown(() => {
    state = 'over';
    for (const one of answering) one.dispose();
  });
  // Asked where nobody else answers: also before the beginning, and after the end.
  connection.onRequest((method) => {
    if (state === 'new') throw new ResponseError(ErrorCodes.ServerNotInitialized, `${method} came before initialize`);
    if (state === 'over') throw new ResponseError(ErrorCodes.InvalidRequest, `${method} came after shutdown`);
    throw new ResponseError(ErrorCodes.MethodNotFound, `there is no ${method} here`);
  });
  connection.listen();
  return new Promise(() => undefined);
}

function sessionFor(params: InitializeParams, connection: Connection, { disk, documentation }: ServeOptions): Session {
  const client = clientOf(params);
  const documents = new OpenDocuments(client.encoding);
  const workspace = new ClientWorkspace(disk, documents);
  workspace.setFolders(foldersOf(params));
  return {
    connection,
    client,
    documents,
    workspace,
    disk,
    service: createLanguageService({ workspace, documentation }),
    rulePage: (rule) => documentation(`rules/${rule}.md`),
    placesOf: async (file) => documents.ofFile(file)?.places ?? documents.placesIn((await workspace.readText(file)) ?? ''),
  };
}

// Older clients name one folder, in the older of two ways.
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? [rootUri ?? rootPath ?? undefined].filter((one) => one !== undefined);
  return folders.map(folderOf);
}

/** The path of a folder, spelt in one way. */
function folderOf(uri: string): string {
  return fileOf(uri).replace(/(?<=[^/:])\/+$/, '');
}

function introduction(client: Client, version: string): InitializeResult {
  const capabilities = Object.assign({}, ...FEATURES.map((feature) => feature.offer(client))) as ServerCapabilities;
  return {
    serverInfo: { name: 'runbook', version },
    capabilities: {
      ...capabilities,
      positionEncoding: client.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      workspace: { ...capabilities.workspace, workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** Listens to what the client does, and answers what it asks. */
function begin(session: Session): readonly Disposable[] {
  const { connection } = session;
  const problems = new Problems(session);
  followDocuments(session, problems);
  const watching = connection.onDidChangeWatchedFiles(({ changes }) => {
    session.workspace.forgetList();
    if (changes.some(({ uri }) => isConfiguration(fileOf(uri)))) problems.forgetConfigurations();
    else problems.refreshSoon();
  });
  connection.onInitialized(() => {
    if (session.client.watchesFiles) watchFiles(connection);
    if (session.client.changesFolders) followFolders(session, problems);
  });
  return [...FEATURES.map((feature) => feature.answer(session, problems)), watching, { dispose: () => problems.stop() }];
}

function followDocuments({ connection, documents }: Session, problems: Problems): void {
  const changed = (uri: string): void => {
    if (isConfiguration(fileOf(uri))) problems.forgetConfigurations();
    else problems.refreshSoon();
  };
  connection.onDidOpenTextDocument(({ textDocument }) => {
    documents.open(textDocument);
    changed(textDocument.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    documents.change(uri, version, contentChanges);
    changed(uri);
  });
  connection.onDidCloseTextDocument(async ({ textDocument: { uri } }) => {
    const document = documents.at(uri);
    documents.close(uri);
    changed(uri);
    if (document !== undefined) await problems.forget(document);
  });
}

function watchFiles(connection: Connection): void {
  const watchers = WATCHED.map((globPattern) => ({ globPattern }));
  connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch((error: unknown) => {
    connection.console.warn(`changes on the disk are not noticed: ${String(error)}`);
  });
}

function followFolders({ connection, workspace }: Session, problems: Problems): void {
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map(({ uri }) => folderOf(uri)));
    const stay = workspace.folders.filter((folder) => !gone.has(folder));
    workspace.setFolders([...new Set([...stay, ...added.map(({ uri }) => folderOf(uri))])]);
    problems.forgetConfigurations();
  });
}
