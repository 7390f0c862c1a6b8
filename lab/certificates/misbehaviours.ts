import type { Switches } from '../core/switches.js';

/** Everything that can go wrong with certificates here, with what it does, for people. */
const MISBEHAVIOURS = {
  'cert.authority_closed': 'The authority answers nothing but that it is closed',
  'cert.wrong_name': 'The authority issues certificates for the name of another host',
  'cert.wrong_key': 'The authority issues certificates for another key; a web server refuses to load one',
  'cert.reload_keeps_old': 'A web server that is told to reload goes on serving its old certificate, until it is restarted',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

/** Switches of this product only, so that a misspelt name does not compile. */
export interface CertificateSwitches {
  on(name: Misbehaviour): boolean;
}

/** Makes all of them known, turned off. */
export function declareMisbehaviours(switches: Switches): void {
  for (const [name, title] of Object.entries(MISBEHAVIOURS)) switches.declare(name, title);
}
