import type { Product, ProductFactory, Workshop } from '../core/product.js';
import { routes } from '../core/web/site.js';
import { administrationSite, ADMINISTRATION_PORT } from './administrationSite.js';
import { Installation } from './installation.js';
import { declareMisbehaviours } from './misbehaviours.js';
import { LATEST, updateFor } from './releases.js';
import { secretSite } from './secretSite.js';
import { sqlSite } from './sqlSite.js';
import { SecretWebServer } from './webServer.js';

const PAGES_PORT = 8080;

interface Plan {
  readonly name: string;
  readonly version: string;
  readonly pipeline: 'classic' | 'integrated';
  /** The first is the primary server. */
  readonly servers: readonly { readonly name: string; readonly suffix: string }[];
  readonly sql: { readonly name: string; readonly suffix: string };
}

const INSTALLATIONS: readonly Plan[] = [
  {
    name: 'cluster',
    version: '10.5.000000',
    pipeline: 'integrated',
    servers: [
      { name: 'web_1', suffix: '3.11' },
      { name: 'web_2', suffix: '3.12' },
    ],
    sql: { name: 'sql_1', suffix: '3.6' },
  },
  {
    // Old enough to need two upgrades, the first of which is processed for a while afterwards.
    name: 'old',
    version: '9.1.000000',
    pipeline: 'classic',
    servers: [{ name: 'web_old', suffix: '3.21' }],
    sql: { name: 'sql_old', suffix: '3.26' },
  },
];

/**
 * Secret Server: a pair of web servers (the main installation) and a single old one, called `old`.
 * `done('primary')` asks about the server that was upgraded only, before the others have followed.
 */
export const createSecretServer: ProductFactory = async (workshop) => {
  declareMisbehaviours(workshop.switches);
  await workshop.site(
    '3.5',
    PAGES_PORT,
    routes({ 'GET /updates': ({ query }) => ({ kind: 'json', json: { latest: LATEST, next: updateFor(query['from'] ?? LATEST) ?? '' } }) }),
  );
  const installations = new Map<string, Installation>();
  for (const plan of INSTALLATIONS) installations.set(plan.name, await build(workshop, plan));
  const find = (name: string): Installation => {
    const found = installations.get(name);
    if (found === undefined)
      throw new Error(`Secret Server has no installation “${name}”; it has: ${[...installations.keys()].join(', ')}`);
    return found;
  };
  return {
    name: 'secret_server',
    state: () => Object.fromEntries([...installations].map(([name, installation]) => [name, picture(installation)])),
    done: (site = 'cluster') => (site === 'primary' ? find('cluster').primaryDone() : find(site).done()),
  } satisfies Product;
};

function picture(installation: Installation): unknown {
  return {
    servers: installation.servers.map(({ name, version, pool, pipeline, isPrimary, folderBackups }) => ({
      name,
      version,
      pool,
      pipeline,
      primary: isPrimary,
      folder_backups: folderBackups.length,
    })),
    setup: installation.setup,
    database: { version: installation.schema, backups: installation.databaseBackups.length },
    privilege_manager: installation.privilegeManager,
    automatic_checks: installation.automaticChecks,
  };
}

async function build(workshop: Workshop, plan: Plan): Promise<Installation> {
  const { judge, pace, switches, subnet } = workshop;
  const servers = plan.servers.map(
    ({ name, suffix }, i) => new SecretWebServer(name, `${subnet}.${suffix}`, i === 0, plan.version, plan.pipeline),
  );
  const databaseAddress = `${subnet}.${plan.sql.suffix}`;
  const installation = new Installation({ judge, pace, switches, servers, databaseAddress, version: plan.version });
  for (const [i, { name, suffix }] of plan.servers.entries()) {
    const server = servers[i];
    if (server === undefined) continue;
    const site = secretSite(
      () => installation,
      () => server,
    );
    await workshop.host(name, suffix, { ssh: false, web: { port: PAGES_PORT, site } });
    await workshop.site(suffix, ADMINISTRATION_PORT, administrationSite(installation, server, judge));
  }
  await workshop.site(plan.sql.suffix, PAGES_PORT, sqlSite(installation, plan.sql.name, judge));
  return installation;
}
