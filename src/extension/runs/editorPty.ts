import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** The editor's own node-pty, in either layout of its modules; undefined where it has none. Not a documented place, so it is looked for. */
export function editorPty(): string | undefined {
  return ['node_modules', 'node_modules.asar.unpacked']
    .map((modules) => join(vscode.env.appRoot, modules, 'node-pty'))
    .find((path) => existsSync(path));
}
