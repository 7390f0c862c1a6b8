import type { ProgramCall } from '../core/calls.js';
import type { Cluster } from './cluster.js';
import type { SpsNode } from './node.js';

/** Password of every management controller of the lab. */
export const IPMI_PASSWORD = 'lab-ipmi-password';

/** A management controller: a third system beside the node and its firmware, with an address of its own. */
export interface Controller {
  readonly address: string;
  readonly node: SpsNode;
  readonly cluster: Cluster;
}

/** `ipmitool` of the operator's machine, as far as power and console go. The password comes with `-E` from IPMI_PASSWORD. */
export async function ipmitool(controllers: readonly Controller[], call: ProgramCall): Promise<number> {
  let [address, password, words] = ['', '', [] as string[]];
  for (let i = 0; i < call.args.length; i++) {
    const item = call.args[i] ?? '';
    if (item === '-E') password = call.env['IPMI_PASSWORD'] ?? '';
    else if (/^-[HIULRNp]$/.test(item)) {
      i++;
      if (item === '-H') address = call.args[i] ?? '';
    } else words = [...words, item];
  }
  const controller = controllers.find((candidate) => candidate.address === address);
  if (controller === undefined || controller.cluster.misbehaves('sps.ipmi_down')) {
    call.complain('Error: Unable to establish IPMI v2 / RMCP+ session');
    return 1;
  }
  if (password !== IPMI_PASSWORD) {
    call.complain('Error: Unable to establish IPMI v2 / RMCP+ session: the password is wrong');
    return 1;
  }
  return act(controller, words.filter((word) => word !== 'chassis').join(' '), call);
}

function act({ node, cluster }: Controller, command: string, call: ProgramCall): number {
  switch (command) {
    case 'power status':
    case 'status':
      call.print(`Chassis Power is ${node.host.power === 'off' ? 'off' : 'on'}`);
      return 0;
    case 'mc info':
    case 'session info active':
      call.print(`Device of ${node.name}`);
      return 0;
    case 'power on':
      cluster.judge.count(node.name, 'ipmi_power_on');
      if (node === cluster.secondary && (cluster.primary.host.power !== 'on' || cluster.primary.next !== undefined)) {
        cluster.judge.violation(`${node.name} was powered on before ${cluster.primary.name} ran its new firmware`);
      }
      void node.host.powerOn();
      call.print('Chassis Power Control: Up/On');
      return 0;
    case 'power off':
    case 'power soft':
      cluster.judge.count(node.name, 'ipmi_power_off');
      void node.host.powerOff();
      call.print('Chassis Power Control: Down/Off');
      return 0;
    case 'sol activate':
      for (const line of node.progress) call.print(line);
      return 0;
    default:
      call.complain(`Invalid command: ${command}`);
      return 1;
  }
}
