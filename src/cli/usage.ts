const USAGE = `runbook: check, review, plan and run upgrade runbooks

  runbook new [TEMPLATE [FILE]]     write a runbook from a template, and an inventory for it
  runbook lint [FILE…]              check runbooks and inventories (default: all below this folder)
  runbook diff BASE..HEAD [FILE…]   say what a change means for the night it is carried out
  runbook plan FILE --inventory I   show what would be done; opens nothing
  runbook run FILE --inventory I    carry it out
  runbook resume RUN                go on with a run that was stopped, failed or lost its runner
  runbook runs [RUN]                list runs, or show one; --follow watches it
  runbook journal verify [RUN]      check that a journal is as it was written
  runbook journal export RUN        write a report of a run
  runbook lsp                       help editors to write runbooks, over standard input and output

  runbook COMMAND --help            the options of a command
  runbook --version

Exit codes: 0 done or clean, 1 failed or findings, 2 usage or unsound files, 3 nothing matched or internal,
            4 stopped because a person is needed or chose to, 5 the end of an attempt is unknown.
`;

const LINT = `runbook lint: check runbooks and inventories

  runbook lint [FILE|FOLDER|PATTERN…]    default: all below this folder
  runbook lint - --stdin-filename NAME   check standard input as if it were that file

How findings are written
  --format FORMAT        pretty (default), json, sarif, github, gitlab, junit or markdown; may be given several times
  -o FILE                where the format before it goes; without it, or with "-", to standard output

What counts
  --fail-on SEVERITY     the mildest finding that fails: error, warning (default) or information
  --profile PROFILE      minimal: only errors; default; strict: everything is one step graver
  --config FILE          settings of the team instead of the .runbook-lint.yaml of this folder or one above it
  --changed-since REF    what has changed since this branch left REF, and runbooks that use it; elsewhere only errors
  --baseline FILE        warnings that stand in this file are known and not shown
  --write-baseline       write the warnings there are now into that file
  --shellcheck           also ask ShellCheck about the scripts, where it is installed

What to do about findings
  --fix                  mend what can be mended without a decision; writes the files
  --explain RULE         what a rule looks for, and why
  --list-rules           all rules; as JSON with --format json

A comment silences a warning: "# runbook-lint-ignore RULE: reason" at the end of its line or above the entry it is in, and
"# runbook-lint-ignore-file RULE: reason" at the top of a file. An error is never silenced.

Exit codes: 0 nothing that fails, 1 findings, 2 wrong usage or a file that cannot be read, 3 nothing matched or internal.
`;

const DIFF = `runbook diff: say what a change means for the night it is carried out

  runbook diff BASE..HEAD [FILE…]   two commits of the git repository this folder is in
  runbook diff OLD NEW              two files

  --format FORMAT        markdown, json or github (default: text for people); may be given several times
  -o FILE                where the format before it goes; without it, or with "-", to standard output
  --policy FILE          which changes fail, instead of the .runbook-review.yaml of BASE
  --inventory FILE       also compare the plan for this environment

Exit codes: 0 nothing that the policy minds, 1 something that it minds, 2 wrong usage or a file that cannot be read, 3 internal.
`;

const PLANNING = `  --inventory FILE       the environment: which hosts take which roles
  --set NAME=VALUE       value of an input
  --fact NAME[@HOST]=VALUE   a fact that is known
  --state-dir DIR        where runs are kept
`;

const RUNNING = `  --yes                  approve beforehand; production wants its name, too: --production NAME
  --headless             ask nobody; stop at the first question without an answer
  --evidence FILE        answers for gates (YAML)
  --outside-window WHY   begin although no window is open
  --unrehearsed WHY      begin although the rehearsal the inventory wants is missing
  --ignore-host-lock HOST=WHY   act on a host though another run holds it
  --allow-take-over      let the run go, without a question, when somebody asks to take it over
  --secret-fd NAME=FD    take a secret from an open file descriptor, for example: --secret-fd db=3 3< FILE
  --secret-command ARGV  ask a program for secrets: a path, or a JSON list: '["pass", "show", "{environment}/{name}"]'
  --known-hosts FILE     --identity FILE     --no-ssh-config
`;

const RUN_CODES = `
Exit codes: 0 done, 1 failed, 2 usage or unsound files, 3 internal, 4 stopped because a person is needed or chose to,
            5 the end of an attempt is unknown.
`;

const BY_COMMAND: Readonly<Record<string, string>> = {
  new: `runbook new: write a runbook from a template

  runbook new                       list the templates
  runbook new TEMPLATE [FILE]       write it to FILE (default: TEMPLATE.runbook.yaml in this folder)

Where the folder has no inventory, staging.inventory.yaml is written as well, with all that the runbook asks for. No file is written over.

Exit codes: 0 written or listed, 2 wrong usage or a file that cannot be written, 3 internal.
`,
  lint: LINT,
  diff: DIFF,
  plan: `runbook plan FILE --inventory I: show what would be done; opens nothing

${PLANNING}  --json                 as JSON
  --at TIME              for another time than now: 2026-11-28T22:00+01:00
  --variants             the matrix of all topologies, platforms and versions; needs no inventory

Exit codes: 0 planned, 1 a variant breaks an order, 2 usage or unsound files, 3 internal.
`,
  run: `runbook run FILE --inventory I: carry it out

${PLANNING}${RUNNING}  --only STEP | --from STEP   one step, or begin at one
${RUN_CODES}`,
  resume: `runbook resume RUN: go on with a run that was stopped, failed or lost its runner

${RUNNING}  --state-dir DIR        where runs are kept
  --take-over --why WHY  ask whoever carries it out to let it go, then go on with it here; the reason goes into the journal
  --on-unknown stop|rerun|succeeded   what to do where nobody can know how an attempt ended
${RUN_CODES}`,
  runs: `runbook runs [RUN]: list runs, or show what happened in one

  --follow               stay, and tell what happens in RUN until it ends; read-only, whoever carries it out
  --json                 as JSON; one event a line where a run is named
  --state-dir DIR        where runs are kept

Exit codes of one run are those of \`runbook run\`.
`,
  journal: `runbook journal: what proves a run

  runbook journal verify [RUN|FILE]      check every record of a journal (default: of all runs)
    --head HASH          also check that the chain holds this hash, from an earlier report
    --json               as JSON
  runbook journal export RUN|FILE        write a report of a run, without the secrets that are known here
    --format FORMAT      md (default), html or json
    -o FILE              where it goes; without it, or with "-", to standard output
    --force              take the place of a file that is there

  --state-dir DIR        where runs are kept

Exit codes: 0 sound or written, 1 torn, damaged or not the one asked for, 2 wrong usage or a file that cannot be read (a newer format, too),
            3 there are no runs, or internal.
`,
  lsp: `runbook lsp: help editors to write runbooks, in the Language Server Protocol, over standard input and output

  An editor starts it; docs/editors.md says how that is set up. It reads the files of the workspace, opens no connection and runs nothing.

Exit codes: 0 the editor has taken its leave, 1 it went without, 2 wrong usage.
`,
};

/** The help of a command; of the whole, where there is none or it is not known. */
export function usageOf(command: string | undefined): string {
  return command !== undefined && Object.hasOwn(BY_COMMAND, command) ? (BY_COMMAND[command] as string) : USAGE;
}

/** Wrong usage of the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What the operator can do. */
  readonly next: string;

  constructor(message: string, command?: string) {
    super(message);
    this.next = `See \`runbook ${command === undefined ? '' : `${command} `}--help\`.`;
  }
}

/**
 * Whether the operator can clear what is in the way: wrong usage, or a HumanError of the engine. Both are known by their names: the class of the
 * second would bring the whole engine with it, and the linter starts faster without.
 */
export function isForOperator(error: unknown): error is Error & { readonly next: string } {
  return error instanceof Error && (error.name === 'UsageError' || error.name === 'HumanError') && 'next' in error;
}
