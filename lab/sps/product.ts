import type { Product, ProductFactory, Workshop } from '../core/product.js';
import { Cluster } from './cluster.js';
import { STARTING_VERSION } from './firmware.js';
import { ipmitool } from './ipmi.js';
import type { Controller } from './ipmi.js';
import { declareMisbehaviours } from './misbehaviours.js';
import { SpsNode } from './node.js';
import type { NodeRole } from './node.js';
import { spsSite } from './pages.js';
import { spsProgram } from './programs.js';

/** The installations: name, and for each node its name, role and the last number of its address. */
const SITES: Readonly<Record<string, readonly (readonly [string, NodeRole, number])[]>> = {
  pair_with_minions: [
    ['sps_primary', 'primary', 11],
    ['sps_secondary', 'secondary', 12],
    ['minion_1', 'minion', 21],
    ['minion_2', 'minion', 22],
  ],
  single: [['sps_single', 'primary', 31]],
  pair: [
    ['pair_primary', 'primary', 41],
    ['pair_secondary', 'secondary', 42],
  ],
};

const MAIN_SITE = 'pair_with_minions';

/** Builds the SPS installations: a single node, a pair, and a pair with two Search Minions. */
export const createSps: ProductFactory = async (workshop): Promise<Product> => {
  declareMisbehaviours(workshop.switches);
  const clusters = new Map<string, Cluster>();
  await Promise.all(Object.keys(SITES).map(async (site) => clusters.set(site, await buildSite(workshop, site))));
  await workshop.operatorProgram('ipmitool', (call) => ipmitool(controllers(workshop, clusters), call));
  return {
    name: 'sps',
    state: () => Object.fromEntries([...clusters].map(([site, cluster]) => [site, stateOf(cluster)])),
    done: (site = MAIN_SITE) => {
      const cluster = clusters.get(site);
      if (cluster === undefined) throw new Error(`sps has no installation “${site}”; it has: ${[...clusters.keys()].join(', ')}`);
      return missing(cluster);
    },
  };
};

async function buildSite(workshop: Workshop, site: string): Promise<Cluster> {
  const built = (SITES[site] ?? []).map(([name, role, number]) => ({ node: new SpsNode(name, role), number }));
  const of = (role: NodeRole): SpsNode[] => built.filter(({ node }) => node.role === role).map(({ node }) => node);
  const [primary] = of('primary');
  if (primary === undefined) throw new Error(`the installation “${site}” has no primary node`);
  const cluster = new Cluster(primary, of('secondary')[0], of('minion'), workshop.switches, workshop.judge, workshop.pace);
  await Promise.all(
    built.map(async ({ node, number }) => {
      const host = await workshop.host(node.name, `1.${String(number)}`, {
        web: { port: 8080, site: spsSite(() => cluster, node) },
        booting: () => cluster.booting(node),
        goingDown: (_host, how) => {
          cluster.goingDown(node, how);
        },
      });
      await node.settle(host);
      await host.program('sps', (call) => spsProgram(cluster, node, call));
    }),
  );
  return cluster;
}

/** The management controller of a node has the node's address with 100 more at its end. */
function controllers(workshop: Workshop, clusters: ReadonlyMap<string, Cluster>): Controller[] {
  return [...clusters].flatMap(([site, cluster]) =>
    (SITES[site] ?? []).flatMap(([name, , number]) => {
      const node = cluster.nodes.find((candidate) => candidate.name === name);
      return node === undefined ? [] : [{ address: `${workshop.subnet}.1.${String(100 + number)}`, node, cluster }];
    }),
  );
}

function stateOf(cluster: Cluster): object {
  return {
    nodes: cluster.nodes.map((node) => node.state()),
    ...(cluster.secondary === undefined ? {} : { sync: cluster.sync, slaveActive: cluster.slaveActive }),
  };
}

function missing(cluster: Cluster): string[] {
  const sentences = cluster.nodes.flatMap((node) => [
    ...(node.host.power === 'on' ? [] : [`${node.name} is not up`]),
    ...(node.version === STARTING_VERSION ? [`${node.name} still runs ${STARTING_VERSION}`] : []),
    ...(node.phase === 'failed' ? [`the upgrade of ${node.name} has failed`] : []),
    ...(node.next === undefined ? [] : [`${node.name} waits for a reboot into ${node.next.version}`]),
    ...(node.legacyIndex ? [`${node.name} cannot push its documents`] : []),
    ...(node.emergencySsh ? [`SSH of ${node.name} is open on every interface`] : []),
  ]);
  if (new Set(cluster.nodes.map((node) => node.version)).size > 1) sentences.push('the nodes run different versions');
  if (cluster.secondary !== undefined) {
    if (cluster.sync !== 'in sync') sentences.push(`${cluster.secondary.name} is ${cluster.sync}`);
    if (!cluster.slaveActive) sentences.push(`${cluster.secondary.name} has not been activated`);
  }
  return sentences;
}
