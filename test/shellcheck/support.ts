import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import type { Diagnostic, ParsedRunbook } from '../../src/language/index.js';
import { checkScripts, findShellCheck } from '../../src/shellcheck/index.js';
import { serviceOver } from '../support/language/service.js';

export const FILE = '/books/a.runbook.yaml';

/** The ShellCheck of this machine, which the tests need. */
export async function realShellCheck(): Promise<string> {
  const found = await findShellCheck(process.env['PATH'], []);
  assert.ok(found !== undefined, 'ShellCheck is not installed');
  return found;
}

export function parse(text: string): ParsedRunbook {
  return serviceOver({}).parseRunbook(FILE, text);
}

/** A runbook with one step, whose script is as written. */
export function runbookWith(run: string, more = ''): string {
  return `runbook: v1
id: small
title: Small
roles: { server: { hosts: 1 } }
steps:
  - id: act
    title: Act
    on: server
    ${more}
    run: ${run}
`;
}

/** What a ShellCheck says of the scripts of a runbook. */
export async function check(text: string, executable: string): Promise<readonly Diagnostic[]> {
  return (await checkScripts([parse(text)], { executable })).get(FILE) ?? [];
}

/** Makes an executable that stands in for ShellCheck. */
export async function fake(path: string, script: string): Promise<string> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
