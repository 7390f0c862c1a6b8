import { ruleCard } from './catalogue.js';
import type { FileFindings } from './judge.js';

/** Whether a rule had its say about a file, so that its silence means something. */
export function whatCanBeTold(file: Pick<FileFindings, 'diagnostics' | 'plansSeen' | 'scriptsSeen'>): (id: string) => boolean {
  const shapeless = file.diagnostics.some(
    ({ code, severity }) => severity === 'error' && (ruleCard(code)?.subject ?? 'syntax') === 'syntax',
  );
  // One finding of that name says that ShellCheck gave no answer.
  const unanswered = file.diagnostics.some(({ code }) => code === 'shellcheck');
  return (id) => {
    switch (ruleCard(id)?.subject) {
      case 'plans':
        return file.plansSeen;
      case 'scripts':
        return file.scriptsSeen && !shapeless && !unanswered;
      case 'runbooks':
      case 'inventories':
        return !shapeless;
      default:
        return true;
    }
  };
}
