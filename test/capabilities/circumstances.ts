import type { Circumstances } from './examples.js';

export const SECRET_SERVER = 'secret-server/secret_server.runbook.yaml';
export const SECRET_SERVER_LAB = 'secret-server/lab.inventory.yaml';
export const SPS = 'sps/sps.runbook.yaml';
export const SPS_MINIONS = 'sps/lab_pair_minions.inventory.yaml';
export const SPS_PAIR = 'sps/lab_pair.inventory.yaml';
export const SPS_SINGLE = 'sps/lab_single.inventory.yaml';
export const URBANCODE = 'urbancode-ha/urbancode.runbook.yaml';
export const URBANCODE_THREE = 'urbancode-ha/lab_three.inventory.yaml';

/** Two web servers of one version, the first of them the primary one, and everything that an advisory asks about in use. */
export function secretServer(installed: string, more: Circumstances = {}): Circumstances {
  return {
    ...more,
    facts: {
      'is_primary@web_1': true,
      'is_primary@web_2': false,
      'installed@web_1': installed,
      'installed@web_2': installed,
      rabbitmq: true,
      windows_authentication: true,
      distributed_engine: true,
      privilege_manager: true,
      ...more.facts,
    },
  };
}
