import type { Product, ProductFactory, Workshop } from '../core/product.js';
import { routes } from '../core/web/site.js';
import type { Host } from '../core/host.js';
import { Balancer } from './balancer.js';
import { Cluster } from './cluster.js';
import { serverSite } from './dashboard.js';
import { Database } from './database.js';
import { fetchProgram } from './fetchProgram.js';
import { installerProgram } from './installer.js';
import { declareMisbehaviours } from './misbehaviours.js';
import { packageFile } from './packageFile.js';
import { SERVER_PORT, TARGET } from './releases.js';
import { Server } from './server.js';
import { Storage } from './storage.js';

/** One installation of the lab: names, the last part of addresses in `2.*`, and the release it starts with. */
interface Installation {
  readonly name: string;
  readonly version: string;
  readonly servers: readonly { readonly name: string; readonly suffix: string }[];
  readonly balancer: { readonly name: string; readonly suffix: string };
  readonly database: { readonly name: string; readonly suffix: string };
}

const INSTALLATIONS: readonly [Installation, ...Installation[]] = [
  {
    name: 'three',
    // Before 6.1.1.5, so that the folders of the network storage have to be matched.
    version: '6.1.1.4',
    servers: [
      { name: 'ucd_1', suffix: '2.11' },
      { name: 'ucd_2', suffix: '2.12' },
      { name: 'ucd_3', suffix: '2.13' },
    ],
    balancer: { name: 'ucd_lb', suffix: '2.5' },
    database: { name: 'ucd_db', suffix: '2.6' },
  },
  {
    name: 'two',
    version: '6.2.7.1',
    servers: [
      { name: 'ucd_a', suffix: '2.21' },
      { name: 'ucd_b', suffix: '2.22' },
    ],
    balancer: { name: 'ucd_two_lb', suffix: '2.15' },
    database: { name: 'ucd_two_db', suffix: '2.16' },
  },
];

/** Port of the pages of the load balancers, of the database hosts and of the download site. */
const PAGES_PORT = 8080;

/** UrbanCode Deploy: an installation of three servers (the main one) and one of two, called `two`. */
export const createUrbancode: ProductFactory = async (workshop) => {
  declareMisbehaviours(workshop.switches);
  const download = packageFile().toString('latin1');
  await workshop.site(
    '2.7',
    PAGES_PORT,
    routes({ [`GET /ucd-${TARGET}.tar`]: () => ({ kind: 'text', text: download, fileName: `ucd-${TARGET}.tar` }) }),
  );
  const clusters = new Map<string, Cluster>();
  for (const installation of INSTALLATIONS) clusters.set(installation.name, await build(workshop, installation));
  return product(clusters);
};

function product(clusters: ReadonlyMap<string, Cluster>): Product {
  return {
    name: 'urbancode',
    state: () => Object.fromEntries([...clusters].map(([name, cluster]) => [name, cluster.state()])),
    done: (site = INSTALLATIONS[0].name) => {
      const cluster = clusters.get(site);
      if (cluster === undefined) throw new Error(`UrbanCode has no installation “${site}”; it has: ${[...clusters.keys()].join(', ')}`);
      return cluster.done();
    },
  };
}

async function build(workshop: Workshop, installation: Installation): Promise<Cluster> {
  const { judge, pace, switches } = workshop;
  const balancer = new Balancer(judge, switches, installation.balancer.name);
  const database = new Database(judge, installation.version);
  const storage = new Storage();
  const cluster = new Cluster({ judge, pace, switches, balancer, database, storage });
  await database.setUp(
    await workshop.host(installation.database.name, installation.database.suffix, { web: { port: PAGES_PORT, site: database.site } }),
  );
  for (const { name, suffix } of installation.servers)
    cluster.servers.push(await buildServer(workshop, cluster, name, suffix, installation.version));
  balancer.serve(cluster.servers);
  await workshop.site(installation.balancer.suffix, PAGES_PORT, balancer.site);
  const [first, ...others] = cluster.servers.map((server) => server.host);
  if (first !== undefined) await storage.setUp([first, ...others], installation.version);
  return cluster;
}

async function buildServer(workshop: Workshop, cluster: Cluster, name: string, suffix: string, version: string): Promise<Server> {
  const site = serverSite(
    () => cluster,
    () => server,
  );
  const host: Host = await workshop.host(name, suffix, {
    web: { port: SERVER_PORT, site },
    goingDown: () => {
      server.lost();
    },
    booting: () => Promise.resolve({ ssh: true, web: false }),
  });
  const server = new Server(cluster, host, version);
  await server.setUp();
  await host.program('ucd-installer', (call) => installerProgram(cluster, server, call));
  await host.program('curl', (call) => fetchProgram(host, call));
  return server;
}
