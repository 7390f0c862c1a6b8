import type { Product, ProductFactory, Workshop } from '../core/product.js';
import type { Host } from '../core/host.js';
import { Authority } from './authority.js';
import { declareMisbehaviours } from './misbehaviours.js';
import { opensslProgram } from './opensslProgram.js';
import { Rotation } from './rotation.js';
import { Server } from './server.js';
import { serverSite } from './serverSite.js';

/** Port of the authority and of the status pages. */
const PAGES_PORT = 8080;

/** The only site with certificates. */
const SITE = 'shop';

const AUTHORITY = { name: 'shop_ca', suffix: '4.5' };

/** The web servers, with the last part of their addresses and how many days their certificates are still valid. */
const SERVERS = [
  { name: 'shop_1', suffix: '4.11', hostName: 'shop-1.example.com', days: 12 },
  { name: 'shop_2', suffix: '4.12', hostName: 'shop-2.example.com', days: 5 },
  { name: 'shop_3', suffix: '4.13', hostName: 'shop-3.example.com', days: 300 },
];

/** Three web servers with a certificate each, two of which end soon, and the authority that issues new ones. */
export const createCertificates: ProductFactory = async (workshop) => {
  declareMisbehaviours(workshop.switches);
  const authority = new Authority(AUTHORITY.name, workshop.judge, workshop.switches);
  await workshop.host(AUTHORITY.name, AUTHORITY.suffix, { ssh: false, web: { port: PAGES_PORT, site: authority.site } });
  const rotation = new Rotation(workshop.judge, authority);
  for (const plan of SERVERS) rotation.servers.push(await buildServer(workshop, rotation, plan));
  authority.serve(rotation.servers);
  return {
    name: 'certificates',
    state: () => rotation.state(),
    done: (site = SITE) => {
      if (site !== SITE) throw new Error(`there is no site “${site}” with certificates; there is: ${SITE}`);
      return rotation.done();
    },
  } satisfies Product;
};

async function buildServer(workshop: Workshop, rotation: Rotation, plan: (typeof SERVERS)[number]): Promise<Server> {
  const host: Host = await workshop.host(plan.name, plan.suffix, {
    web: { port: PAGES_PORT, site: serverSite(() => server) },
    goingDown: () => {
      server.lost();
    },
    booting: async () => ({ ssh: true, web: await server.boots() }),
  });
  const server = new Server(rotation, host, plan.hostName, workshop.pace, workshop.switches);
  await host.program('openssl', (call) => opensslProgram(host, call));
  await server.setUp((publicKey) => rotation.authority.sign(plan.hostName, publicKey, plan.days));
  return server;
}
