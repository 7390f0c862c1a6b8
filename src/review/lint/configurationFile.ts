/** Name of the file that says how a team wants to be warned. */
export const CONFIGURATION_FILE = '.runbook-lint.yaml';
