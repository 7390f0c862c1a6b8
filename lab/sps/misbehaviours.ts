import type { Switches } from '../core/switches.js';

const MISBEHAVIOURS = {
  'sps.test_fails': 'The upgrade test shows an error in the configuration, until the configuration is mended.',
  'sps.health_issue': 'The System Monitor shows an issue.',
  'sps.ha_degraded': 'The pair is degraded.',
  'sps.web_not_back': 'After its upgrade the primary node has SSH, but no web page.',
  'sps.drop_connection':
    'The next activation of a firmware takes place, but its SSH connection breaks before the answer. Turns itself off.',
  'sps.revert_fails':
    'The upgrade of the primary node fails and cannot be taken back: no web page, SSH opened on every interface. Turned off: support has mended it.',
  'sps.auto_revert': 'The upgrade of the primary node fails and the node boots its old firmware again.',
  'sps.ipmi_down': 'The management controller does not answer.',
} as const;

export type Misbehaviour = keyof typeof MISBEHAVIOURS;

export function declareMisbehaviours(switches: Switches): void {
  for (const [name, title] of Object.entries(MISBEHAVIOURS)) switches.declare(name, title);
}
