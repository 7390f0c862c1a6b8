import type { Cluster } from './cluster.js';
import type { Firmware } from './firmware.js';
import type { SpsNode } from './node.js';

/** Writes down what is wrong about setting a firmware for the next reboot now. */
export function judgeActivation(cluster: Cluster, node: SpsNode, firmware: Firmware): void {
  const wrong = (why: string): void => {
    cluster.judge.violation(`${firmware.version} was set for the next reboot of ${node.name} ${why}`);
  };
  if (!node.tested.has(firmware.file)) wrong('though its upgrade test has not passed');
  if (!cluster.notesOpened.has(firmware.version)) wrong('before its upgrade notes were opened');
  if (cluster.issues(node).length > 0) wrong('while the System Monitor shows an issue');
  if (cluster.secondary !== undefined && cluster.degraded) wrong('while the pair is degraded');
}

/** Writes down what is wrong about booting a node into its new firmware now, and lets it do the damage it would do. */
export function judgeUpgradeBoot(cluster: Cluster, node: SpsNode): void {
  const wrong = (why: string): void => {
    cluster.judge.violation(`${node.name} was rebooted into its new firmware ${why}`);
  };
  if (!node.configurationExported) wrong('without a backup of its configuration');
  const { primary, secondary, minions } = cluster;
  if (secondary !== undefined && secondary.host.power !== 'off') wrong(`while ${secondary.name} was still up`);
  if (node === primary) {
    for (const minion of minions.filter((candidate) => candidate.version !== primary.next?.version)) {
      minion.legacyIndex = true;
      wrong(`before the Search Minion ${minion.name}, which wrote an index of the old kind`);
    }
  } else {
    if (primary.next === undefined) wrong('before the Search Master was set for its upgrade');
    for (const other of minions) if (other !== node && other.host.power !== 'on') wrong(`while ${other.name} was down too`);
  }
}
