import { html, page } from '../core/web/html.js';
import type { Html } from '../core/web/html.js';
import type { Site, SiteAnswer, SiteRequest } from '../core/web/site.js';
import type { Installation, Outcome } from './installation.js';
import { setupPath } from './releases.js';
import { setupHome, upgradePage } from './setupPages.js';
import type { SecretWebServer } from './webServer.js';

/** The pages of Secret Server on one web server, and its interface for scripts below `/api/v1`. */
export function secretSite(installation: () => Installation, server: () => SecretWebServer): Site {
  return (request) => {
    if (server().pool === 'Stopped') return { kind: 'text', text: 'Service Unavailable\n', status: 503 };
    const path = request.path.toLowerCase();
    if (path.startsWith('/setup') || path === '/installer.aspx') return setupAnswer(installation(), server(), request);
    return homeAnswer(installation(), server(), request);
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
    case 'PATCH /api/v1/configuration':
      installation.automaticChecks = request.fields['automatic_checks'] === 'true';
      return { kind: 'json', json: { automatic_checks: installation.automaticChecks } };
    case 'GET /api/v1/configuration':
      return { kind: 'json', json: { automatic_checks: installation.automaticChecks } };
    case 'GET /api/v1/version':
      return { kind: 'json', json: { version: server.version } };
    case 'GET /api/v1/update':
      return { kind: 'json', json: { available: installation.updateLink !== undefined, version: installation.updateLink ?? '' } };
    case 'GET /api/v1/cluster':
      return { kind: 'json', json: { server: server.name, primary: server.isPrimary } };
    case 'GET /api/v1/features':
      return { kind: 'json', json: { rabbitmq: false, windows_authentication: false, distributed_engine: false, privilege_manager: true } };
    case 'GET /api/v1/privilege-manager':
      return { kind: 'json', json: { version: installation.privilegeManager, up: installation.privilegeManagerUp } };
    default:
      return undefined;
  }
}

function setupAnswer(installation: Installation, server: SecretWebServer, request: SiteRequest): SiteAnswer | undefined {
  if (installation.settling) return { kind: 'redirect', to: '/home', status: 302 };
  const act = (outcome: Outcome): SiteAnswer =>
    outcome.ok ? { kind: 'redirect', to: '/Setup/Upgrade' } : { kind: 'text', text: `${outcome.why}\n`, status: 409 };
  switch (`${request.method} ${request.path}`) {
    case `GET ${setupPath(server.version)}`:
      return { kind: 'page', page: setupHome(installation) };
    case 'GET /Setup/Upgrade':
      return { kind: 'page', page: upgradePage(installation, server) };
    case 'GET /Setup/status.json':
      return { kind: 'json', json: { step: installation.setup, progress: installation.progress } };
    case 'POST /Setup/Continue':
      return act(installation.continueSetup(server, request.fields['backed_up'] === 'true'));
    case 'POST /Setup/Download':
      return act(installation.download(request.fields['version']));
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

function home(installation: Installation, server: SecretWebServer): Html {
  const update = installation.updateLink;
  const link = update === undefined ? '' : html`<p><a href="${setupPath(server.version)}">An update is available (${update})</a></p>`;
  return page(
    'Secret Server',
    [
      { label: 'Home', href: '/' },
      { label: 'Admin: Configuration', href: '/Admin/Configuration' },
    ],
    html`<p>Version ${server.version} on ${server.name}${server.isPrimary ? ', the primary server' : ''}</p>
      ${link}`,
  );
}

function configuration(installation: Installation): Html {
  const box = installation.automaticChecks
    ? html`<input type="checkbox" name="automatic_checks" value="true" checked />`
    : html`<input type="checkbox" name="automatic_checks" value="true" />`;
  return page(
    'Configuration',
    [{ label: 'Home', href: '/' }],
    html`<form method="post" action="/Admin/Configuration">
      <p><label>${box} Allow Automatic Checks for Software Updates</label></p>
      <button>Save</button>
    </form>`,
  );
}
