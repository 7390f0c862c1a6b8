import type { RuleCard } from './ruleCard.js';

/** What is said about comments that silence findings. */
export const SUPPRESSION_RULES: readonly RuleCard[] = [
  {
    id: 'suppression-without-reason',
    family: 'safety',
    severity: 'warning',
    rationale:
      'A finding that is silenced without a word looks like one that was never made. Without a reason the comment silences nothing: whoever reads it next year must be able to judge whether the reason still holds.',
    cites: ['threat T26'],
    options: [],
    subject: 'suppressions',
  },
  {
    id: 'unused-suppression',
    family: 'clarity',
    severity: 'warning',
    rationale:
      'A comment that silences nothing is left over or names the wrong rule. It would hide the next finding of that rule at this place, which nobody has looked at.',
    cites: ['threat T26'],
    options: [],
    subject: 'suppressions',
  },
  {
    id: 'suppressed-error',
    family: 'safety',
    severity: 'warning',
    rationale: 'Nothing is planned while an error stands, so a comment cannot take it away; it only makes a reader think that it did.',
    cites: ['threat T26'],
    options: [],
    subject: 'suppressions',
  },
];

/** What is said about the files that tell the linter what counts, and about files that it may not read. */
export const CONFIGURATION_RULES: readonly RuleCard[] = [
  {
    id: 'invalid-configuration',
    family: 'correctness',
    severity: 'error',
    rationale:
      'A setting that is misspelt does nothing, and nobody notices until the night it was meant for. While one is wrong, none of the file counts: every rule has its own severity again.',
    cites: ['threat T26'],
    options: [],
    subject: 'configuration',
  },
  {
    id: 'stale-baseline',
    family: 'clarity',
    severity: 'information',
    rationale:
      'What the baseline shades and is no longer found has been mended. While its entry stays, the same mistake can come back unseen.',
    cites: ['threat T26'],
    options: [],
    subject: 'configuration',
  },
  {
    id: 'unreadable-file',
    family: 'security',
    severity: 'error',
    rationale:
      'A runbook that leads out of the tree, through a symbolic link, or that is no regular file, is not what its reviewers see. It is named and left unread.',
    cites: ['threat T19', 'threat T26'],
    options: [],
    subject: 'configuration',
  },
];

/** Findings of ShellCheck in the scripts of a runbook: their rules are its own, `shellcheck/SC2086`. */
export const SCRIPT_RULES: readonly RuleCard[] = [
  {
    id: 'shellcheck',
    family: 'correctness',
    severity: 'warning',
    rationale:
      'A script that is quoted wrongly works in the rehearsal and fails on the host whose path has a space in it. ShellCheck reads the scripts of a runbook where it is installed.',
    cites: ['threat T4', 'threat T26'],
    options: [],
    subject: 'scripts',
  },
];
