#!/usr/bin/env node
// What the hooks of .pre-commit-hooks.yaml start: the command line of this checkout, which is built when it is used for the first time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCommandLine } from './buildCommandLine.mjs';

const root = join(import.meta.dirname, '../..');
const command = join(root, 'dist/cli.mjs');

/** pre-commit puts the names of files behind the options, and a file may be called like an option. */
const isFile = (/** @type {string} */ word) => /\.(runbook|inventory)\.ya?ml$/.test(word) && existsSync(word);

if (!existsSync(command)) await buildCommandLine(root);
const words = process.argv.slice(2).map((word) => (word.startsWith('-') && isFile(word) ? `./${word}` : word));
process.argv.splice(1, Infinity, command, ...words);
await import(pathToFileURL(command).href);
