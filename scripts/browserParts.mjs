// Packs the parts of a program for the extension host of a browser.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { beginProgram } from './browserLoader.mjs';

/**
 * That host loads one script, which must be CommonJS, and knows no `import()`. So what is loaded at first becomes one file; every other part is
 * a file beside it, in a folder of its name, which is read through the editor, with all it needs, when it is asked for.
 * @param {import('esbuild').BuildResult<{ metafile: true, write: false }>} built modules from one entry, split
 * @param {string} file of the program, absolute
 * @returns {Promise<import('esbuild').Metafile['outputs']>} what was written, by path as in the metafile
 */
export async function packForBrowser(built, file) {
  const { outputs } = built.metafile;
  const scripts = Object.entries(outputs).filter(([name]) => name.endsWith('.mjs'));
  const [entry] = scripts
    .filter(([, { entryPoint, exports }]) => entryPoint !== undefined && exports.includes('activate'))
    .map(([name]) => name);
  if (entry === undefined) throw new Error('no part of the program is its entry');
  const loads = (/** @type {string} */ name) => loadedWith(name, outputs);
  const first = loads(entry);
  const folder = file.replace(/\.cjs$/, '');
  await mkdir(folder, { recursive: true });
  /** @type {Map<string, string>} */
  const codes = new Map();
  for (const [name] of scripts) {
    const { text = '' } = built.outputFiles.find(({ path }) => basename(path) === basename(name)) ?? {};
    codes.set(name, await asCommonJs(text));
  }
  const codeOf = (/** @type {string} */ name) => codes.get(name) ?? '';
  const later = scripts.map(([name]) => name).filter((name) => !first.includes(name));
  // Only what somebody asks for by `import()` is a way in; what goes with it is loaded before it.
  const ways = later.map((name) => [
    idOf(name),
    loads(name)
      .filter((other) => !first.includes(other))
      .map(idOf),
  ]);
  const given = first.map((name) => `${JSON.stringify(idOf(name))}:(module,exports,require)=>{${codeOf(name)}}`).join(',\n');
  const names = JSON.stringify({ folder: basename(folder), entry: idOf(entry) });
  const program = (await transform(`module.exports=(${beginProgram.toString()})`, { minify: true })).code.trim().replace(/;$/, '');
  const text = `"use strict";${program}({${given}},${JSON.stringify(Object.fromEntries(ways))},${names},require);\n`;
  await writeFile(file, text);
  const pathOf = (/** @type {string} */ name) => `${dirname(entry)}/${basename(folder)}/${idOf(name)}.cjs`;
  for (const name of later) await writeFile(join(folder, `${idOf(name)}.cjs`), codeOf(name));
  const needs = (/** @type {string} */ name) =>
    (outputs[name]?.imports ?? [])
      .filter(({ path, external }) => external === true || later.includes(path))
      .map((one) => (one.external === true ? one : { ...one, path: pathOf(one.path) }));
  const bytes = (/** @type {string} */ code) => Buffer.byteLength(code);
  return {
    [`${dirname(entry)}/${basename(file)}`]: merged(
      first.map((name) => outputs[name]),
      bytes(text),
    ),
    ...Object.fromEntries(later.map((name) => [pathOf(name), { ...merged([outputs[name]], bytes(codeOf(name))), imports: needs(name) }])),
  };
}

/** @param {string} name */
function idOf(name) {
  return basename(name).replace(/\.mjs$/, '');
}

/**
 * A part with everything it needs at once, itself among them.
 * @param {string} name
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
function loadedWith(name, outputs) {
  const loaded = new Set([name]);
  for (const one of loaded)
    for (const { path, kind, external } of outputs[one]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) loaded.add(path);
  return [...loaded];
}

/** @param {string} code */
async function asCommonJs(code) {
  const made = await transform(code, { format: 'cjs', platform: 'node', target: 'es2022', minify: true, legalComments: 'none' });
  return made.code.trim().replaceAll('import("./', 'require.later("./');
}

/**
 * @param {readonly (import('esbuild').Metafile['outputs'][string] | undefined)[]} outputs
 * @param {number} bytes
 * @returns {import('esbuild').Metafile['outputs'][string]}
 */
function merged(outputs, bytes) {
  const known = outputs.filter((output) => output !== undefined);
  return {
    bytes,
    exports: [],
    imports: known.flatMap(({ imports }) => imports.filter(({ external }) => external === true)),
    inputs: Object.fromEntries(known.flatMap(({ inputs }) => Object.entries(inputs))),
  };
}
