import { lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileAt } from './base.mjs';
import { ReviewError } from './inputs.mjs';

const CONFIGURATION = '.runbook-lint.yaml';
const POLICY = '.runbook-review.yaml';

/**
 * The files that decide what counts, as arguments of the command line. For a pull request they are those of the commit it starts from, so that a
 * change cannot silence its own judge; one that is not there yet is as good as empty.
 * @param {import('./inputs.mjs').Inputs} inputs
 * @param {{ workspace: string, temporary: string, base: string | undefined }} places
 * @returns {Promise<{ lint: readonly string[], diff: readonly string[], notes: readonly string[] }>}
 */
export async function judges(inputs, { workspace, temporary, base }) {
  /** @type {string[]} */
  const notes = [];
  const trusted = async (/** @type {string} */ path, /** @type {string} */ option) => {
    if (base === undefined || !inputs.trustBase || isAbsolute(path)) return [option, path];
    const content = await fileAt(workspace, base, path);
    if (content === undefined) notes.push(`"${path}" does not count yet: the base branch has none.`);
    if (content === undefined && option === '--baseline') return [];
    const copy = join(temporary, `base${option}`, basename(path));
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, content ?? '');
    return [option, copy];
  };
  const config = inputs.config === '' ? await defaultConfiguration() : await trusted(inputs.config, '--config');
  const baseline = inputs.baseline === '' ? [] : await trusted(inputs.baseline, '--baseline');
  const policy = inputs.policy === '' ? defaultPolicy() : await trusted(inputs.policy, '--policy');
  return { lint: [...config, ...baseline], diff: policy, notes };

  /** The comparison reads that of the base by itself. */
  function defaultPolicy() {
    const own = lstatSync(join(workspace, POLICY), { throwIfNoEntry: false })?.isFile() === true;
    return own && !inputs.trustBase ? ['--policy', POLICY] : [];
  }

  async function defaultConfiguration() {
    if (base === undefined || !inputs.trustBase) return [];
    const before = notes.length;
    const args = await trusted(CONFIGURATION, '--config');
    notes.length = before;
    return args;
  }
}

/**
 * Where the SARIF file goes: into the checkout or the temporary folder, wherever links lead.
 * @param {string} wanted empty: a file in the temporary folder
 * @param {{ workspace: string, temporary: string }} places
 * @returns {string} absolute
 */
export function sarifFile(wanted, { workspace, temporary }) {
  if (wanted === '') return join(temporary, 'runbook.sarif');
  const file = resolve(workspace, wanted);
  try {
    const folder = realpathSync(dirname(file));
    if ([workspace, temporary].some((root) => isInside(realpathSync(root), folder))) return join(folder, basename(file));
  } catch {
    throw new ReviewError(`The folder of the SARIF file "${wanted}" is missing. Name a file in a folder that exists.`);
  }
  throw new ReviewError(`The SARIF file "${wanted}" lies outside the checkout. Name a file inside it.`);
}

/**
 * @param {string} folder
 * @param {string} path
 */
function isInside(folder, path) {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
