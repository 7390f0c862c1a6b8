import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/command.mjs';

const BETWEEN = `\n${'-'.repeat(80)}\n\n`;

/**
 * The packages whose code went into a bundle, with their licences: most of them ask that the text goes with every copy.
 * @param {readonly string[]} inputs files that went in, relative to the repository, with `/`
 * @returns {string}
 */
export function bundledLicences(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  return [...folders].sort().map(licenceOf).join(BETWEEN);
}

/** @param {string} file */
function packageFolder(file) {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** @param {string} folder */
function licenceOf(folder) {
  const path = join(root, folder);
  const { name, version, license, licenses, author } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const texts = readdirSync(path).filter((file) => /^(licen[cs]e|copying)(\.|-|$)/i.test(file));
  const text = texts.map((file) => readFileSync(join(path, file), 'utf8').trim()).join('\n\n');
  const withoutText = `The package carries no text of this licence. Copyright ${author?.name ?? author ?? `the authors of ${name}`}.`;
  return `${name} ${version}, licence ${license ?? licenses?.[0]?.type}\n\n${text === '' ? withoutText : text}\n`;
}
