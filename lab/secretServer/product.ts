import type { Product, ProductFactory, Workshop } from '../core/product.js';
import { routes } from '../core/web/site.js';
import { administrationSite, ADMINISTRATION_PORT } from './administrationSite.js';
import { allDone, primaryDone } from './endState.js';
import { Installation } from './installation.js';
import { declareMisbehaviours } from './misbehaviours.js';
import { LATEST, reachableFrom, updateFor } from './releases.js';
import { secretSite } from './secretSite.js';
import { SITES } from './sites.js';
import type { SitePlan } from './sites.js';
import { sqlSite } from './sqlSite.js';
import { SecretWebServer, WebConfiguration } from './webServer.js';

const PAGES_PORT = 8080;

/** The installations whose primary server alone can be asked about, by the name that asks. */
const PRIMARY_OF: Readonly<Record<string, string>> = { primary: 'cluster', old_primary: 'old' };

/**
 * Secret Server: a pair of web servers (the main installation) and an old pair, called `old`. `done('primary')` and
 * `done('old_primary')` ask about the server that was upgraded only, before the others have followed.
 */
export const createSecretServer: ProductFactory = async (workshop) => {
  declareMisbehaviours(workshop.switches);
  await workshop.site(
    '3.5',
    PAGES_PORT,
    routes({
      'GET /updates': ({ query }) => {
        const from = query['from'] ?? LATEST;
        return { kind: 'json', json: { latest: LATEST, next: updateFor(from) ?? '', versions: reachableFrom(from) } };
      },
    }),
  );
  const installations = new Map<string, Installation>();
  for (const plan of SITES) installations.set(plan.name, await build(workshop, plan));
  const find = (name: string): Installation => {
    const found = installations.get(name);
    if (found === undefined)
      throw new Error(`Secret Server has no installation “${name}”; it has: ${[...installations.keys()].join(', ')}`);
    return found;
  };
  return {
    name: 'secret_server',
    state: () => Object.fromEntries([...installations].map(([name, installation]) => [name, picture(installation)])),
    done: (site = 'cluster') => {
      const name = PRIMARY_OF[site];
      return name === undefined ? allDone(find(site)) : primaryDone(find(name));
    },
  } satisfies Product;
};

function picture(installation: Installation): unknown {
  const { configuration, features } = installation.parts;
  return {
    servers: installation.servers.map(({ name, version, pool, isPrimary, folderBackups }) => ({
      name,
      version,
      pool,
      pipeline: configuration.pipeline,
      primary: isPrimary,
      folder_backups: folderBackups.length,
    })),
    features,
    authentication: configuration.authentication,
    setup: installation.setup,
    database: { version: installation.schema, backups: installation.databaseBackups.length },
    privilege_manager: installation.privilegeManager,
    automatic_checks: installation.automaticChecks,
    queues: installation.queues.list(),
  };
}

async function build(workshop: Workshop, plan: SitePlan): Promise<Installation> {
  const { judge, pace, switches, subnet } = workshop;
  const configuration = new WebConfiguration(plan.pipeline);
  const servers = plan.servers.map(
    ({ name, suffix }, i) => new SecretWebServer(name, `${subnet}.${suffix}`, i === 0, plan.version, configuration),
  );
  const { features, version } = plan;
  const databaseAddress = `${subnet}.${plan.sql.suffix}`;
  const installation = new Installation({ judge, pace, switches, servers, configuration, features, databaseAddress, version });
  for (const [i, { name, suffix }] of plan.servers.entries()) {
    const server = servers[i];
    if (server === undefined) continue;
    await workshop.host(name, suffix, { ssh: false, web: { port: PAGES_PORT, site: secretSite(installation, server) } });
    await workshop.site(suffix, ADMINISTRATION_PORT, administrationSite(installation, server, judge));
  }
  await workshop.site(plan.sql.suffix, PAGES_PORT, sqlSite(installation, plan.sql.name, judge));
  return installation;
}
