import type { Command } from './command.js';

/** Shows what has changed in a runbook since another version of it, and what it means. */
export const compareWith: Command = {
  id: 'runbook.compareWith',
  async run(parts, target, revision) {
    const { compareRunbook } = await import('./compareRunbook.js');
    return compareRunbook(parts, target, revision);
  },
};
