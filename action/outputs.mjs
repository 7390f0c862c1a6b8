import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, statSync } from 'node:fs';

/** Bytes a step summary may have: GitHub shows none of a longer one. */
const LONGEST_SUMMARY = 1024 * 1024;

/**
 * Sets an output of the step.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {string} value
 */
export function setOutput(env, name, value) {
  const file = env['GITHUB_OUTPUT'];
  if (file === undefined || file === '') return;
  const end = randomUUID();
  appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}

/**
 * Adds parts to the summary of the step. Where they are too long together, the last ones are cut at a line, and it says so.
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} parts Markdown
 */
export function addSummary(env, parts) {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const taken = existsSync(file) ? statSync(file).size : 0;
  const text = parts.filter((part) => part.trim() !== '').join('\n\n');
  appendFileSync(file, `${cutAtLine(text, LONGEST_SUMMARY - taken - 1)}\n`);
}

/**
 * The text, or as many whole lines of it as fit with a remark that there was more. What HTML was open is closed.
 * @param {string} text
 * @param {number} most bytes
 */
export function cutAtLine(text, most) {
  if (Buffer.byteLength(text) <= most) return text;
  const remark = '\n\nThe rest does not fit here; the log of this step has it all.';
  const room = most - Buffer.byteLength(remark) - 200;
  const start = Buffer.from(text).subarray(0, Math.max(0, room)).toString('utf8');
  const lines = start.slice(0, Math.max(0, start.lastIndexOf('\n')));
  const open = (lines.match(/<details>/g)?.length ?? 0) - (lines.match(/<\/details>/g)?.length ?? 0);
  return `${lines}${'\n\n</details>'.repeat(Math.max(0, Math.min(open, 10)))}${remark}`;
}
