import type { ParsedRunbook } from '../../project.js';
import type { Range } from '../../text/range.js';
import { walkRunbook } from '../walk.js';
import { scriptsIn } from './scripts.js';

/** A script that a POSIX shell runs. */
export interface ShellScript {
  readonly text: string;
  /** Source of the whole scalar. */
  readonly range: Range;
  /** The shell that runs it, always with `-eu`. What the script says in a first line of its own has no say. */
  readonly shell: 'sh' | 'bash';
  /** Names of the environment variables it is given. */
  readonly env: readonly string[];
}

/**
 * Every script of a runbook that a POSIX shell runs, each once, in order of place: those of steps, procedures, undos, remedies, facts and probes.
 * One that some host would run with PowerShell is none. Empty for a runbook that has not its proper shape.
 */
export function shellScriptsOf(document: ParsedRunbook): readonly ShellScript[] {
  const runbook = document.value;
  if (runbook === undefined) return [];
  const found = new Map<number, ShellScript | undefined>();
  const texts = walkRunbook(document, runbook).flatMap((visit) => visit.texts);
  for (const { text, place, dialect, owner } of scriptsIn({ document, runbook, texts, parts: { within: [runbook], without: new Set() } })) {
    const { range } = place;
    if (dialect === undefined || dialect === 'powershell') found.set(range.start, undefined);
    else if (!found.has(range.start)) found.set(range.start, { text, range, shell: dialect, env: Object.keys(owner.env ?? {}) });
  }
  return [...found.values()].filter((script) => script !== undefined).sort((a, b) => a.range.start - b.range.start);
}
