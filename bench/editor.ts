import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Answers whatever it is asked; what activation reads has the values of an empty window. */
const EDITOR = `
const known = {
  textDocuments: [], visibleTextEditors: [], workspaceFolders: [], activeTextEditor: undefined, isTrusted: true,
  getConfiguration: () => ({ get: (name, otherwise) => otherwise, inspect: () => undefined }),
};
const anything = new Proxy(function () {}, {
  get: (target, name) =>
    Object.hasOwn(known, name) ? known[name] : name === 'prototype' ? target.prototype : name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : anything,
  set: () => true,
  apply: () => anything,
  construct: () => new Proxy({}, { get: (target, name) => (name === 'then' ? undefined : anything) }),
});
`;

/** Puts a stand-in for the editor where modules of a folder find it: every name of its API that the extension uses can be called, made and subclassed. */
export function writeEditor(root: string, folder: string): void {
  const source = join(root, 'src/extension');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const texts = files.map((file) => readFileSync(join(source, file), 'utf8'));
  const names = new Set(texts.flatMap((text) => [...text.matchAll(/\bvscode\.([A-Za-z]+)/g)].map(([, name = '']) => name)));
  const place = join(folder, 'node_modules/vscode');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(join(place, 'index.js'), `${EDITOR}${[...names].map((name) => `export const ${name} = anything;`).join('\n')}\n`);
}
