import type { CliResult } from '../../journeys/support/cli.js';
import type { LocalOrdeal } from './localOrdeal.js';

const CAUSES = /cannot be|could not|disk|space|i\/o error|too many|too large/i;

/** What is wrong with the end of a runner whose disk failed: one that does not succeed says why, one that says that it succeeded has. */
export function unexplained({ code, signal, out, err }: CliResult, ordeal: LocalOrdeal): readonly string[] {
  if (code === 0) return ordeal.isOver() ? [] : ['it ended as if it had succeeded'];
  if (signal !== null) return [`it ended by ${signal}: ${err}`];
  return CAUSES.test(out + err) ? [] : [`it ended with ${String(code)} and does not say why: ${out}${err}`];
}
