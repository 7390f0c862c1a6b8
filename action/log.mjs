import { randomUUID } from 'node:crypto';

/** GitHub shows so many annotations of a kind of one step, whoever wrote them. */
const MOST_OF_A_KIND = 10;

const ANNOTATION = /^::(error|warning|notice) /;

/**
 * What several tools want to annotate, in turn, as many as GitHub shows; then the other lines they wrote, then what found no place, as plain text.
 * @param {readonly string[]} outputs each with the most urgent annotation of a kind first
 * @returns {string}
 */
export function withinLimits(outputs) {
  const lines = outputs.map((output) => output.split('\n').filter((line) => line !== ''));
  const annotations = inTurn(lines.map((list) => list.filter((line) => ANNOTATION.test(line))));
  /** @type {Record<string, number>} */
  const counts = {};
  const fits = annotations.map((line) => {
    const kind = ANNOTATION.exec(line)?.[1] ?? '';
    counts[kind] = (counts[kind] ?? 0) + 1;
    return counts[kind] <= MOST_OF_A_KIND;
  });
  const shown = annotations.filter((_, index) => fits[index]);
  const dropped = annotations.filter((_, index) => !fits[index]);
  const others = lines.flatMap((list) => list.filter((line) => !ANNOTATION.test(line)));
  const rest = dropped.length === 0 ? '' : `::group::${dropped.length} more, see the summary\n${inert(dropped.join('\n'))}::endgroup::\n`;
  return [...shown, ...others].map((line) => `${line}\n`).join('') + rest;
}

/**
 * Text for the log that the runner does not search for commands, whatever stands in it.
 * @param {string} text
 */
export function inert(text) {
  const token = randomUUID();
  return text.trim() === '' ? '' : `::stop-commands::${token}\n${text.trimEnd()}\n::${token}::\n`;
}

/**
 * An annotation of the review itself.
 * @param {'error' | 'notice'} kind
 * @param {string} message
 */
export function annotation(kind, message) {
  const data = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${kind} title=runbook review::${data}\n`;
}

/**
 * @param {readonly (readonly string[])[]} lists
 * @returns {readonly string[]}
 */
function inTurn(lists) {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
