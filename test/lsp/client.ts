import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const command = join(import.meta.dirname, '../../dist/cli.mjs');

/** What stands in a message: whatever the protocol says of it. */
export type Json = ReturnType<typeof JSON.parse>;

/** How long an answer may take, in ms: machines of tests are slow. */
const PATIENCE_MS = 30_000;

/** What a server answers: a result, or an error. */
export interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client of the built language server: a process of its own, spoken to as an editor does. */
export class LspClient {
  readonly process: ChildProcessWithoutNullStreams;
  /** Everything the server has sent, in order. */
  readonly received: Answer[] = [];
  /** What was on its standard output and is no message. */
  strayOutput = '';
  readonly exit: Promise<number | null>;
  #buffer = Buffer.alloc(0);
  #lastId = 0;
  readonly #waiting = new Set<() => void>();

  constructor(cwd: string) {
    if (!existsSync(command)) throw new Error('run `npm run build` first');
    this.process = spawn(process.execPath, [command, 'lsp'], { cwd, stdio: 'pipe' });
    this.exit = new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
    this.process.stdout.on('data', (data: Buffer) => this.#read(data));
    this.process.stderr.resume();
  }

  /** Greets the server as an editor with these abilities, and gives what it can do. */
  async initialize(capabilities: object, folders: readonly string[], processId: number | null = process.pid): Promise<Json> {
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
    const { result } = await this.ask('initialize', { processId, capabilities, workspaceFolders, rootUri: null });
    this.tell('initialized', {});
    return result.capabilities;
  }

  open(uri: string, text: string, languageId = 'yaml'): void {
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  tell(method: string, params: unknown): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** Asks, and gives the answer, be it an error. */
  ask(method: string, params: unknown): Promise<Answer> {
    const id = ++this.#lastId;
    this.send({ jsonrpc: '2.0', id, method, params });
    return this.next((message) => message.id === id && message.method === undefined, method);
  }

  /** The result of a request; throws for an error. */
  async resultOf(method: string, params: unknown): Promise<Json> {
    const { result, error } = await this.ask(method, params);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Diagnostics of a document for which something holds, that were sent after everything received so far or have been. */
  async diagnostics(uri: string, holds: (diagnostics: readonly Json[]) => boolean, from = 0): Promise<readonly Json[]> {
    const isIt = (message: Answer): boolean =>
      message.method === 'textDocument/publishDiagnostics' &&
      message.params.uri === uri &&
      this.received.indexOf(message) >= from &&
      holds(message.params.diagnostics);
    return (await this.next(isIt, `diagnostics of ${uri}`)).params.diagnostics;
  }

  send(message: unknown): void {
    this.sendRaw(JSON.stringify(message));
  }

  sendRaw(body: string): void {
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  async leave(): Promise<number | null> {
    await this.ask('shutdown', null);
    this.tell('exit', null);
    return this.exit;
  }

  /** The first message of all for which something holds, as soon as it is there. */
  next(holds: (message: Answer) => boolean, what: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.received.find(holds);
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`nothing came for ${what}`));
      }, PATIENCE_MS);
      this.#waiting.add(look);
      look();
    });
  }

  #read(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /^Content-Length: (\d+)$/i.exec(this.#buffer.subarray(0, head).toString())?.[1];
      if (length === undefined) {
        this.strayOutput += this.#buffer.toString();
        return;
      }
      const end = head + 4 + Number(length);
      if (this.#buffer.length < end) return;
      this.received.push(JSON.parse(this.#buffer.subarray(head + 4, end).toString()));
      this.#buffer = this.#buffer.subarray(end);
      for (const look of [...this.#waiting]) look();
    }
  }
}
