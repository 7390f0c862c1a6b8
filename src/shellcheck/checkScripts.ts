import { availableParallelism } from 'node:os';
import { shellScriptsOf } from '../language/index.js';
import type { Diagnostic, ParsedRunbook } from '../language/index.js';
import { ask } from './ask.js';
import { diagnosticsOf } from './diagnosticsOf.js';
import { ScriptMemory } from './memory.js';

export interface CheckScriptsOptions {
  /** As `findShellCheck` gives it. */
  readonly executable: string;
  /** Ends what is under way; scripts that were not checked by then give nothing. */
  readonly signal?: AbortSignal;
  /** Where answers are kept. What is in it is not asked again, unless there was no answer. Default: for this call alone. */
  readonly memory?: ScriptMemory;
}

/** Processes at a time. */
const AT_ONCE = Math.min(4, availableParallelism());

/**
 * What ShellCheck says of the shell scripts in runbooks, by file, in order of place; every document has an entry. Codes are `shellcheck/SC2086`.
 * No finding is an error, since ShellCheck judges texts without the host they run on. A script about which ShellCheck gives no proper answer
 * within 10 s has the finding `shellcheck`. Starts that one program and nothing else. Never rejects.
 */
export async function checkScripts(
  documents: readonly ParsedRunbook[],
  options: CheckScriptsOptions,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const { executable, signal, memory = new ScriptMemory() } = options;
  const scripts = documents.flatMap(shellScriptsOf);
  const waiting = [...new Map(scripts.map((script) => [`${script.shell} ${script.text}`, script])).values()].filter(
    (script) => memory.get(script)?.kind !== 'answered',
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const answer = await ask(executable, next, signal);
      if (signal?.aborted === true) return;
      memory.set(next, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return new Map(documents.map((document) => [document.file, recallScripts(document, memory).diagnostics]));
}

/** What a memory holds of the scripts of a runbook, at the places where they stand now. `complete`: it knows all of them. Starts nothing. */
export function recallScripts(
  document: ParsedRunbook,
  memory: ScriptMemory,
): { readonly diagnostics: readonly Diagnostic[]; readonly complete: boolean } {
  let complete = true;
  const diagnostics: Diagnostic[] = [];
  for (const script of shellScriptsOf(document)) {
    const answer = memory.get(script);
    if (answer === undefined) complete = false;
    else diagnostics.push(...diagnosticsOf(answer, script, document));
  }
  return { diagnostics: diagnostics.sort((a, b) => a.range.start - b.range.start), complete };
}
