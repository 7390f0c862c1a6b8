import type { Severity } from '../../language/index.js';

/** From the mildest to the gravest. */
export const SEVERITIES: readonly Severity[] = ['information', 'warning', 'error'];

/** Whether a finding is as grave as a threshold, or graver. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
}
