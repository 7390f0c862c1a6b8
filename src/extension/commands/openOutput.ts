import { HumanError } from '../../events/index.js';
import type { Command } from './command.js';
import { textMember } from './command.js';

/** Opens what the steps of a run have printed, as a text with an outline. Returns its address. */
export const openOutput: Command = {
  id: 'runbook.openOutput',
  async run({ outputs, controller }, summary) {
    const run = textMember(summary, 'run') ?? (typeof summary === 'string' ? summary : controller.shown?.state.run);
    if (run === undefined) throw new HumanError('There is no run whose output could be opened.', 'Choose one in the view "Runs".');
    const uri = await outputs.show(run);
    if (uri === undefined)
      throw new HumanError(`The journal of run ${run} cannot be read.`, `Look at it with: runbook journal verify ${run}`);
    return uri.toString();
  },
};
