import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundleTable } from './bundles.js';
import { writeEditor } from './editor.js';
import { interleaved, table } from './measure.js';

/**
 * Times a module in a fresh process: `load` until it is there, `activate` its `activate` after that. Time of the processor: the clock on the wall
 * counts what other programs do as well.
 */
const TIMED = `
const [, , file, what] = process.argv;
const memory = { get: (key, otherwise) => otherwise, update: async () => undefined };
const anything = new Proxy(function () {}, { get: (target, name) => (name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : anything), apply: () => anything });
const context = { subscriptions: [], workspaceState: memory, globalState: memory, secrets: anything, extensionUri: anything, extension: { packageJSON: { version: '0.0.0' } } };
const started = process.cpuUsage();
const loaded = await import(file);
const there = process.cpuUsage();
if (what === 'activate') await loaded.activate(context);
const spent = what === 'activate' ? process.cpuUsage(there) : { user: there.user - started.user, system: there.system - started.system };
process.stdout.write(String((spent.user + spent.system) / 1000));
process.exit(0);
`;

/** What the editor pays to load and to activate the extension, in a fresh process each time, and what is in the bundles that are shipped. */
export async function benchStart(root: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const timer = join(directory, 'timer.mjs');
    const empty = join(directory, 'empty.mjs');
    const extension = join(directory, 'dist/extension.mjs');
    writeFileSync(timer, TIMED);
    writeFileSync(empty, 'export const activate = () => undefined;\n');
    mkdirSync(join(directory, 'dist'));
    cpSync(join(root, 'dist/extension.mjs'), extension);
    cpSync(join(root, 'dist/extension'), join(directory, 'dist/extension'), { recursive: true });
    writeEditor(root, directory);
    // A home of its own: activation looks whether there are runs.
    const env = { ...process.env, HOME: directory, XDG_STATE_HOME: join(directory, 'state') };
    const timed = (file: string, what: 'load' | 'activate') => () =>
      Number(execFileSync(process.execPath, [timer, pathToFileURL(file).href, what], { encoding: 'utf8', env }));
    const cases = [
      { name: 'load an empty module', once: timed(empty, 'load') },
      { name: 'load ssh2 alone', once: timed(join(root, 'node_modules/ssh2/lib/index.js'), 'load') },
      { name: 'load the extension', once: timed(extension, 'load') },
      { name: 'activate it', once: timed(extension, 'activate') },
    ];
    const times = await interleaved(cases, 9);
    return `${table('start of the extension', 'ms of processor time', times, ['load ssh2 alone'])}\n${bundleTable(root)}`;
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}
