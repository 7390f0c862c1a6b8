/** A trouble that the author of the workflow can mend; the message says how. */
export class ReviewError extends Error {}

const SEVERITIES = ['error', 'warning', 'information'];

/**
 * What the workflow asks for.
 * @typedef {object} Inputs
 * @property {readonly string[]} files what to check; `['.']` is everything
 * @property {string} config
 * @property {string} failOn empty: as configured
 * @property {string} format
 * @property {string} baseline
 * @property {boolean} changedOnly
 * @property {string} sarifFile
 * @property {boolean} diff
 * @property {string} policy
 * @property {boolean} trustBase whether the base branch judges
 * @property {string} version empty: the one of the action
 * @property {string} command empty: from npm
 */

/**
 * Reads the inputs of `action.yml` from the environment it puts them in.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Inputs}
 * @throws {ReviewError} for a value that an input does not take
 */
export function readInputs(env) {
  const text = (/** @type {string} */ name) => (env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
  const oneOf = (/** @type {string} */ name, /** @type {readonly string[]} */ values) => {
    const value = text(name) === '' ? values[0] : text(name);
    if (value === undefined || !values.includes(value))
      throw new ReviewError(`The input "${name}" takes ${values.filter(Boolean).join(', ')}.`);
    return value;
  };
  const files = text('files')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const version = text('version');
  if (!/^[0-9A-Za-z.+-]*$/.test(version)) throw new ReviewError('The input "version" takes a version or a tag of the npm package.');
  return {
    files: files.length === 0 ? ['.'] : files,
    config: text('config'),
    failOn: oneOf('fail-on', ['', ...SEVERITIES]),
    format: oneOf('format', ['github', 'pretty']),
    baseline: text('baseline'),
    changedOnly: oneOf('changed-only', ['true', 'false']) === 'true',
    sarifFile: text('sarif-file'),
    diff: oneOf('diff', ['true', 'false']) === 'true',
    policy: text('policy'),
    trustBase: oneOf('trust-config', ['base', 'head']) === 'base',
    version,
    command: text('command'),
  };
}
