import { HumanError } from '../engine/index.js';

export const USAGE = `runbook: check, plan and run upgrade runbooks

  runbook lint [FILE…]              check runbooks and inventories (default: all below this folder)
      --format pretty|json|github   how findings are written (default: pretty)
  runbook plan FILE --inventory I   show what would be done; opens nothing
      --json                        as JSON
      --at TIME                     for another time than now: 2026-11-28T22:00+01:00
      --variants                    the matrix of all topologies, platforms and versions; needs no inventory
  runbook run FILE --inventory I    carry it out
      --only STEP | --from STEP     one step, or begin at one
      --yes                         approve beforehand; production wants its name, too: --production NAME
      --headless                    ask nobody; stop at the first question without an answer
      --evidence FILE               answers for gates (YAML)
      --outside-window WHY          begin although no window is open
      --unrehearsed WHY             begin although the rehearsal the inventory wants is missing
  runbook resume RUN                go on with a run that was stopped, failed or lost its runner
      --on-unknown stop|rerun|succeeded   what to do where nobody can know how an attempt ended
  runbook runs                      list runs
      --json                        as JSON

For plan and run:   --set NAME=VALUE   value of an input      --fact NAME[@HOST]=VALUE   a fact that is known
For run and resume: --known-hosts FILE   --identity FILE   --no-ssh-config
For all:            --state-dir DIR    where runs are kept    --help    --version

Exit codes: 0 done or clean, 1 failed or findings, 2 usage or unsound files, 3 nothing matched or internal,
            4 stopped because a person is needed or chose to, 5 the end of an attempt is unknown.
`;

/** Wrong usage of the command line. */
export class UsageError extends HumanError {
  constructor(message: string) {
    super(message, 'See `runbook --help`.');
  }
}
