import { parseArgs } from 'node:util';
import { PRODUCT_NAMES, startLab } from './index.js';
import type { ProductName } from './index.js';
import { ENVIRONMENT } from './environment.js';

const USAGE = `Starts simulated hosts on loopback until it is interrupted.

usage: lab [--directory DIR] [--products sps,urbancode,secret_server,certificates] [--front-door ssh2|openssh] [--pace NUMBER] [--subnet 127.42]`;

function isProduct(name: string): name is ProductName {
  return (PRODUCT_NAMES as readonly string[]).includes(name);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      directory: { type: 'string', default: '.lab' },
      products: { type: 'string', default: PRODUCT_NAMES.join(',') },
      'front-door': { type: 'string', default: 'ssh2' },
      pace: { type: 'string', default: '1' },
      subnet: { type: 'string', default: '127.42' },
    },
  });
  const products = values.products.split(',');
  const frontDoor = values['front-door'];
  const pace = Number(values.pace);
  if (!products.every(isProduct) || (frontDoor !== 'ssh2' && frontDoor !== 'openssh') || !(pace > 0)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const lab = await startLab({ directory: values.directory, products, frontDoor, pace, subnet: values.subnet });
  const lines = [
    `control page  ${lab.url}`,
    `known hosts   ${lab.knownHosts}`,
    `identity      ${lab.identity}`,
    `programs      ${lab.operatorBin}`,
    ...Object.entries(ENVIRONMENT).map(([name, value]) => `environment   ${name}=${value}`),
    ...lab.hosts.map((host) => `${host.name.padEnd(18)} ${host.address}${host.url === undefined ? '' : `  ${host.url}`}`),
    'ready; interrupt to stop',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await lab.stop();
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`the lab cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(3);
  },
);
