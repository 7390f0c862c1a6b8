import { sourceMap } from '../language/index.js';
import type { Diagnostic, ParsedRunbook, Severity, ShellScript } from '../language/index.js';
import type { Answer } from './ask.js';
import { readComments } from './comment.js';
import type { Comment } from './comment.js';
import { mendOf } from './mend.js';

const SEVERITY: Readonly<Record<Comment['level'], Severity>> = {
  error: 'warning',
  warning: 'warning',
  info: 'information',
  style: 'information',
};

/** What ShellCheck answered about a script, at its places in the runbook. */
export function diagnosticsOf(answer: Answer, script: ShellScript, document: ParsedRunbook): readonly Diagnostic[] {
  const comments = answer.kind === 'answered' ? readComments(answer.output, script.text) : undefined;
  if (comments === undefined) {
    const why = answer.kind === 'answered' ? 'gave an answer that cannot be read' : answer.why;
    const message = `ShellCheck ${why}, so this script is not checked; run "shellcheck" by hand to see what is wrong with it`;
    return [{ code: 'shellcheck', severity: 'warning', range: script.range, message }];
  }
  const sourceOf = sourceMap(document.text, script.range, script.text);
  return comments
    .filter((comment) => !isGiven(comment, script))
    .map((comment) => {
      const fix = mendOf(comment, script, document.text, sourceOf);
      return {
        code: `shellcheck/${comment.code}`,
        severity: SEVERITY[comment.level],
        range: sourceOf(comment.range),
        message: comment.message,
        ...(fix === undefined ? {} : { fix }),
      };
    });
}

/** A variable that the script does not set, and that the runbook gives it. */
function isGiven({ code, range }: Comment, { text, env }: ShellScript): boolean {
  if (code !== 'SC2154') return false;
  const name = /^\$?\{?[#!]?(\w+)/.exec(text.slice(range.start))?.[1];
  return name !== undefined && env.includes(name);
}
