import type { Switches } from '../core/switches.js';

/** Everything UrbanCode can be made to do wrong, with what it does, for people. */
const MISBEHAVIOURS = {
  'ucd.server_still_runs': 'The last server goes on running after its service was stopped, unless it is stopped by force',
  'ucd.port_held': 'After a stop the port of the last server stays taken',
  'ucd.process_never_ends': 'The running processes on the Dashboard do not end by themselves',
  'ucd.second_node_asks_for_database': 'The installer asks for the database upgrade on every server',
  'ucd.installer_slow': 'The installer takes a minute longer',
  'ucd.installer_asks_more': 'The installer asks a question nobody expects',
  'ucd.first_not_back': 'A server that was upgraded does not come back online',
  'ucd.balancer_keeps_servers': 'The load balancer goes on sending requests to servers that were disabled',
  'ucd.drop_connection': 'The SSH connection drops once on each server, right after the installer has done its work',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

/** Makes all of them known, turned off. */
export function declareMisbehaviours(switches: Switches): void {
  for (const [name, title] of Object.entries(MISBEHAVIOURS)) switches.declare(name, title);
}
