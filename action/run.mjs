// The work of action.yml: checks the runbooks of a checkout, compares what a pull request changes, and tells GitHub.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseCommit } from './base.mjs';
import { commandLine } from './commandLine.mjs';
import { readInputs, ReviewError } from './inputs.mjs';
import { judges, sarifFile } from './judges.mjs';
import { annotation, inert, withinLimits } from './log.mjs';
import { addSummary, setOutput } from './outputs.mjs';
import { diff, lint } from './tools.mjs';

try {
  process.exitCode = await review(process.env);
} catch (error) {
  const { message, stack } = /** @type {Error} */ (error);
  const expected = error instanceof ReviewError;
  process.stdout.write(
    annotation('error', expected ? message : 'The review broke off for a reason of its own; the log of this step has it.'),
  );
  if (!expected) process.stdout.write(inert(stack ?? message));
  process.exitCode = 1;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit code of the step
 */
async function review(env) {
  const inputs = readInputs(env);
  const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const temporary = mkdtempSync(join(env['RUNNER_TEMP'] ?? tmpdir(), 'runbook-review-'));
  const action = env['GITHUB_ACTION_PATH'] ?? join(import.meta.dirname, '..');
  const sarif = sarifFile(inputs.sarifFile, { workspace, temporary });
  const compares = inputs.diff || inputs.changedOnly || inputs.trustBase;
  const base = compares ? await baseCommit(env, workspace) : undefined;
  const judge = await judges(inputs, { workspace, temporary, base });
  const command = await commandLine(inputs, { workspace, temporary, action });
  const work = { inputs, command, workspace, temporary, base, judge };

  const found = await lint(work, sarif);
  const meaning = base === undefined || !inputs.diff ? undefined : await diff(work, base);

  const codes = { 'runbook lint': found.code, 'runbook diff': meaning?.code ?? 0 };
  const own = [...troubles(codes), ...judge.notes.map((note) => annotation('notice', note))].join('');
  process.stdout.write(withinLimits([own, meaning?.log ?? '', found.log]));
  process.stdout.write(inert(`${meaning?.complaints ?? ''}${found.complaints}`));
  addSummary(env, [meaning?.markdown ?? '', found.markdown]);
  setOutput(env, 'findings', String(found.count ?? ''));
  setOutput(env, 'dangerous', String(meaning?.count ?? ''));
  setOutput(env, 'sarif-file', existsSync(sarif) ? sarif : '');
  // What could not be judged has not passed.
  return Object.values(codes).some((code) => code !== 0) ? 1 : 0;
}

/**
 * What did not work at all, as annotations.
 * @param {Readonly<Record<string, number>>} codes
 */
function troubles(codes) {
  return Object.entries(codes)
    .filter(([, code]) => code > 1)
    .map(([name, code]) => annotation('error', `${name} did not work and ended with ${code}; the log of this step says why.`));
}
