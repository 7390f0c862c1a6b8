import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { interleaved, table } from './measure.js';

/**
 * Stands in for the editor: every name of its API is there, and can be called, made and subclassed.
 * The bundle copies own names of a module and keeps its prototype, so the prototype has them all.
 */
const EDITOR = `
const anything = new Proxy(function () {}, {
  get: (target, name) => (name === 'prototype' ? target.prototype : name === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => ({}),
});
const editor = Object.create(anything);
const { Module } = require('node:module');
const load = Module._load;
Module._load = function (name, ...rest) { return name === 'vscode' ? editor : load.call(this, name, ...rest); };
`;
const TIMED = `const started = performance.now(); require(process.argv[2]); process.stdout.write(String(performance.now() - started)); process.exit(0);`;

/** What the editor pays to load the extension, in a fresh process each time, and the sizes of what is shipped. */
export async function benchStart(root: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'runbook-bench-'));
  try {
    const timer = join(directory, 'timer.cjs');
    const empty = join(directory, 'empty.cjs');
    writeFileSync(timer, EDITOR + TIMED);
    writeFileSync(empty, 'exports.activate = () => undefined;\n');
    const load = (file: string) => () => Number(execFileSync(process.execPath, [timer, file], { encoding: 'utf8' }));
    const cases = [
      { name: 'empty module', once: load(empty) },
      { name: 'ssh2 alone', once: load(join(root, 'node_modules/ssh2')) },
      { name: 'extension', once: load(join(root, 'dist/extension.cjs')) },
    ];
    return `${table('loading the extension', 'ms of require()', await interleaved(cases, 9), ['empty module', 'ssh2 alone'])}\n${sizes(join(root, 'dist'))}`;
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

function sizes(dist: string): string {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name));
  const rows = files.map((file) => `${file.slice(dist.length + 1).padEnd(24)}  ${(statSync(file).size / 1024).toFixed(0).padStart(6)} KiB`);
  return `${['bundle', ...rows.sort()].join('\n')}\n`;
}
