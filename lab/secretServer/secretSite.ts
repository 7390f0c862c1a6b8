import type { Site, SiteAnswer, SiteRequest } from '../core/web/site.js';
import { configuration, home, queues } from './homePages.js';
import type { Installation, Outcome } from './installation.js';
import { reachableFrom, setupPath } from './releases.js';
import { setupHome, upgradePage } from './setupPages.js';
import type { SecretWebServer } from './webServer.js';

/** The pages of Secret Server on one web server, and its interface for scripts below `/api/v1`. */
export function secretSite(installation: Installation, server: SecretWebServer): Site {
  return (request) => {
    if (server.pool === 'Stopped') return { kind: 'text', text: 'Service Unavailable\n', status: 503 };
    const path = request.path.toLowerCase();
    if (path.startsWith('/setup') || path === '/installer.aspx') return setupAnswer(installation, server, request);
    if (path.startsWith('/api/')) return scriptAnswer(installation, server, request);
    return homeAnswer(installation, server, request);
  };
}

function homeAnswer(installation: Installation, server: SecretWebServer, request: SiteRequest): SiteAnswer | undefined {
  switch (`${request.method} ${request.path}`) {
    case 'GET /':
    case 'GET /home':
      return { kind: 'page', page: home(installation, server) };
    case 'GET /Admin/Configuration':
      return { kind: 'page', page: configuration(installation) };
    case 'POST /Admin/Configuration':
      installation.automaticChecks = request.fields['automatic_checks'] === 'true';
      return { kind: 'redirect', to: '/' };
    case 'GET /Admin/Queues':
      return { kind: 'page', page: queues(installation) };
    case 'POST /Admin/Queues/Clear':
      installation.clearQueues(server);
      return { kind: 'redirect', to: '/Admin/Queues' };
    default:
      return undefined;
  }
}

function scriptAnswer(installation: Installation, server: SecretWebServer, request: SiteRequest): SiteAnswer | undefined {
  const json = (value: unknown): SiteAnswer => ({ kind: 'json', json: value });
  const { features } = installation.parts;
  switch (`${request.method} ${request.path}`) {
    case 'PATCH /api/v1/configuration':
      installation.automaticChecks = request.fields['automatic_checks'] === 'true';
      return json({ automatic_checks: installation.automaticChecks });
    case 'GET /api/v1/configuration':
      return json({ automatic_checks: installation.automaticChecks });
    case 'GET /api/v1/version':
      return json({ version: server.version });
    case 'GET /api/v1/update':
      return json({
        available: installation.updateLink !== undefined,
        version: installation.updateLink ?? '',
        versions: installation.updateLink === undefined ? [] : reachableFrom(installation.schema),
      });
    case 'GET /api/v1/setup':
      return json({ path: setupPath(server.version), settled: !installation.lookAtSetup() });
    case 'GET /api/v1/cluster':
      return json({ server: server.name, primary: server.isPrimary, servers: installation.servers.length });
    case 'GET /api/v1/features':
      return json({
        rabbitmq: features.rabbitmq,
        windows_authentication: features.windowsAuthentication,
        distributed_engine: features.distributedEngine,
        privilege_manager: true,
        web_clustering: installation.servers.length > 1,
      });
    case 'GET /api/v1/logon':
      return json({ windows: installation.windowsLogonWorks ?? false });
    case 'GET /api/v1/queues':
      return json({ messages: installation.queues.total, queues: installation.queues.list() });
    case 'DELETE /api/v1/queues':
      installation.clearQueues(server);
      return json({ messages: installation.queues.total, queues: installation.queues.list() });
    case 'GET /api/v1/privilege-manager':
      return json({ version: installation.privilegeManager, up: installation.privilegeManagerUp });
    default:
      return undefined;
  }
}

/** Acts of the setup that are part of an upgrade. The last page of the one before can always be left. */
const UPGRADING = ['POST /Setup/Continue', 'POST /Setup/Download', 'POST /Setup/Install'];

function setupAnswer(installation: Installation, server: SecretWebServer, request: SiteRequest): SiteAnswer | undefined {
  const asked = `${request.method} ${request.path}`;
  if (asked === 'GET /Setup/status.json')
    return { kind: 'json', json: { step: installation.setup, progress: installation.progress, version: installation.chosen ?? '' } };
  if (installation.lookAtSetup()) {
    if (UPGRADING.includes(asked)) installation.triedTooEarly(server);
    return { kind: 'redirect', to: '/home', status: 302 };
  }
  const act = (outcome: Outcome): SiteAnswer =>
    outcome.ok ? { kind: 'redirect', to: '/Setup/Upgrade' } : { kind: 'text', text: `${outcome.why}\n`, status: 409 };
  switch (asked) {
    case `GET ${setupPath(server.version)}`:
      return { kind: 'page', page: setupHome(installation) };
    case 'GET /Setup/Upgrade':
      return { kind: 'page', page: upgradePage(installation, server) };
    case 'POST /Setup/Continue':
      return act(installation.continueSetup(server, request.fields['backed_up'] === 'true'));
    case 'POST /Setup/Download':
      return act(installation.download(request.fields['version'], request.fields['force'] === 'true'));
    case 'POST /Setup/Install':
      return act(installation.upgrade(server));
    case 'POST /Setup/ReturnHome': {
      const outcome = installation.returnHome();
      return outcome.ok ? { kind: 'redirect', to: '/' } : act(outcome);
    }
    default:
      return undefined;
  }
}
