import type { Switches } from '../core/switches.js';

/** Everything Secret Server can be made to do wrong, with what it does, for people. */
const MISBEHAVIOURS = {
  'ss.redirects_home': 'The setup pages lead back to the home page, as while an earlier upgrade is still being processed',
  'ss.no_outbound_access': 'The web servers cannot reach the update server',
  'ss.download_stalls': 'The download of the new version does not come to its end',
  'ss.upgrade_fails': 'The upgrade stops with an error',
  'ss.backup_fails': 'The SQL server cannot write a backup',
  'ss.pool_does_not_stop': 'Application pools go on running after they were stopped',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

/** Switches of this product only, so that a misspelt name does not compile. */
export interface SecretServerSwitches {
  on(name: Misbehaviour): boolean;
}

/** Makes all of them known, turned off. */
export function declareMisbehaviours(switches: Switches): void {
  for (const [name, title] of Object.entries(MISBEHAVIOURS)) switches.declare(name, title);
}
