import type { ProgramCall } from '../core/calls.js';
import type { Cluster, Outcome } from './cluster.js';
import type { SpsNode } from './node.js';

const USAGE = `usage: sps version
       sps monitor
       sps config export | mend
       sps core export
       sps firmware list | notes FIRMWARE | test FIRMWARE | activate FIRMWARE
       sps ha status | shutdown-other | activate-slave
       sps search status
       sps ssh status | close
A firmware is named by its version or its file.`;

/** The \`sps\` program of a node: everything its pages can do, for scripts. */
export async function spsProgram(cluster: Cluster, node: SpsNode, call: ProgramCall): Promise<number> {
  const [topic = '', verb = '', firmwareName = ''] = call.args;
  const say = (outcome: Outcome): number => {
    for (const line of outcome.lines) (outcome.ok ? call.print : call.complain)(line);
    return outcome.ok ? 0 : 1;
  };
  const lines = (...text: string[]): number => say({ ok: true, lines: text });
  switch (`${topic} ${verb}`.trim()) {
    case 'version':
      return node.version === undefined ? say({ ok: false, lines: node.progress }) : lines(node.version);
    case 'monitor': {
      const issues = cluster.issues(node);
      return issues.length === 0 ? lines('no issues') : say({ ok: false, lines: issues });
    }
    case 'config export':
      await cluster.exportConfiguration(node);
      return lines('/var/export/configuration.txt');
    case 'config mend':
      return say(cluster.mendConfiguration(node));
    case 'core export':
      cluster.judge.count(node.name, 'core_export');
      await node.host.write(
        '/var/export/core-files.txt',
        node.host
          .list('/var/core')
          .map((name) => `${name}\n${node.host.read(`/var/core/${name}`)}`)
          .join(''),
      );
      return lines('/var/export/core-files.txt');
    case 'firmware list':
      return lines(
        ...node
          .firmwares()
          .map((firmware) => `${firmware.file}: ${firmware.version}${node.next?.file === firmware.file ? ', after reboot' : ''}`),
      );
    case 'firmware notes':
      return say(cluster.openNotes(node, firmwareName));
    case 'firmware test':
      return say(await cluster.test(node, firmwareName));
    case 'firmware activate':
      return say(await cluster.activate(node, firmwareName));
    case 'ha status':
      return cluster.secondary === undefined
        ? say({ ok: false, lines: ['error: this node has no other node'] })
        : lines(...haStatus(cluster, cluster.secondary));
    case 'ha shutdown-other':
      return say(cluster.shutdownOther());
    case 'ha activate-slave':
      return say(cluster.activateSlave());
    case 'search status':
      return node.legacyIndex
        ? say({ ok: false, lines: ['critical: invalid schema mapping, documents cannot be pushed'] })
        : lines('documents are pushed');
    case 'ssh status':
      return lines(node.emergencySsh ? 'open on every interface' : 'management interface only');
    case 'ssh close':
      return say(cluster.closeSsh(node));
    default:
      call.complain(USAGE);
      return 2;
  }
}

/** The high-availability page in lines. */
export function haStatus(cluster: Cluster, other: SpsNode): string[] {
  const isUp = other.host.power === 'on';
  return [
    `status: ${cluster.degraded ? 'degraded' : 'not degraded'}`,
    `this version: ${cluster.primary.version ?? 'unknown'}`,
    `this after reboot: ${cluster.primary.next?.version ?? cluster.primary.version ?? 'unknown'}`,
    `other: ${isUp ? cluster.sync : other.host.power === 'off' ? 'shut down' : 'booting'}`,
    `other version: ${isUp ? (other.version ?? 'unknown') : 'unknown'}`,
    `other after reboot: ${isUp ? (other.next?.version ?? other.version ?? 'unknown') : 'unknown'}`,
    `slave: ${cluster.slaveActive ? 'active' : 'not active'}`,
  ];
}
