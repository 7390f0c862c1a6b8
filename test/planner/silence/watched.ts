// A process of its own that lints and plans every example, watches itself, and sends what it did beyond reading files.
import { createHook } from 'node:async_hooks';
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';
import { main } from '../../../src/cli/main.js';
import type { Io } from '../../../src/cli/io.js';
import { createLanguageService } from '../../../src/language/index.js';
import { diagnoseProject } from '../../../src/planner/index.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** What the process sends. */
export interface Watched {
  /** Commands that came to their end, by their exit code. */
  readonly commands: Readonly<Record<number, number>>;
  readonly noticed: readonly string[];
  /** What is noticed of each thing that must not happen, when it does. */
  readonly alarms: Readonly<Record<string, readonly string[]>>;
}

/** Sockets, name look-ups, processes and threads, as Node itself accounts for them. */
const FORBIDDEN = /^(?:TCP|PIPE|TLS|UDP|HTTP|GETADDRINFO|GETNAMEINFO|QUERY|DNS|PROCESSWRAP|WORKER)/;
const noticed: string[] = [];

async function everything(): Promise<Record<number, number>> {
  const commands: Record<number, number> = {};
  const io: Io = {
    out: () => undefined,
    err: () => undefined,
    interactive: false,
    columns: () => undefined,
    color: false,
    cwd: EXAMPLES,
    env: {},
  };
  const run = async (...words: readonly string[]): Promise<void> => {
    const code = await main(words, io);
    commands[code] = (commands[code] ?? 0) + 1;
  };
  for (const folder of readdirSync(EXAMPLES)) {
    const names = readdirSync(join(EXAMPLES, folder)).map((name) => join(folder, name));
    for (const runbook of names.filter((name) => name.endsWith('.runbook.yaml'))) {
      await run('lint', runbook);
      await run('plan', runbook, '--variants');
      await run('plan', runbook, '--variants', '--json');
      for (const inventory of names.filter((name) => name.endsWith('.inventory.yaml'))) {
        await run('lint', inventory);
        await run('plan', runbook, '--inventory', inventory);
        await run('plan', runbook, '--inventory', inventory, '--json');
      }
      const text = (file: string): string => readFileSync(file, 'utf8');
      const service = createLanguageService({ workspace: { readText: (file) => Promise.resolve(text(file)) } });
      const project = await service.loadProject(join(EXAMPLES, runbook));
      if (project !== undefined) diagnoseProject(project);
    }
  }
  return commands;
}

/** Calls of Node that leave no trace of their own in its account, or only later. */
function watchCalls(): void {
  const calls: readonly (readonly [string, object, readonly string[]])[] = [
    ['child_process', childProcess, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']],
    ['net', net, ['connect', 'createConnection', 'createServer']],
    ['tls', tls, ['connect']],
    ['dgram', dgram, ['createSocket']],
    ['dns', dns, ['lookup', 'resolve', 'resolve4', 'resolve6', 'reverse']],
    ['http', http, ['request', 'get', 'createServer']],
  ];
  for (const [module, owner, names] of calls) {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (...args: readonly unknown[]) => unknown;
      Reflect.set(owner, name, (...args: readonly unknown[]): unknown => {
        noticed.push(`${module}.${name}`);
        return original(...args);
      });
    }
  }
  syncBuiltinESMExports();
  const fetched = globalThis.fetch;
  globalThis.fetch = (...args): Promise<Response> => {
    noticed.push('fetch');
    return fetched(...args);
  };
}

/** Does each forbidden thing once. */
async function forbidden(): Promise<Record<string, readonly string[]>> {
  const acts: Readonly<Record<string, () => unknown>> = {
    socket: () => net.connect(1, '127.0.0.1').on('error', () => undefined),
    'bare socket': () => new net.Socket().connect(1, '127.0.0.1').on('error', () => undefined),
    name: () => {
      dns.lookup('localhost', () => undefined);
    },
    'name by another way': () => dns.promises.lookup('localhost'),
    datagram: () => dgram.createSocket('udp4').close(),
    request: () => http.get('http://127.0.0.1:1/').on('error', () => undefined),
    fetch: () => fetch('http://127.0.0.1:1/').catch(() => undefined),
    process: () => childProcess.spawn(process.execPath, ['--version']),
    'process that is waited for': () => childProcess.spawnSync(process.execPath, ['--version']),
    thread: () => new Worker('', { eval: true }),
  };
  const alarms: Record<string, readonly string[]> = {};
  for (const [name, act] of Object.entries(acts)) {
    noticed.length = 0;
    await act();
    alarms[name] = [...noticed];
  }
  return alarms;
}

const watch = createHook({
  init(_id, type) {
    if (FORBIDDEN.test(type)) noticed.push(type);
  },
});
watchCalls();
watch.enable();
const commands = await everything();
const beyond = [...noticed];
const alarms = await forbidden();
watch.disable();
process.send?.({ commands, noticed: beyond, alarms } satisfies Watched, () => process.exit());
