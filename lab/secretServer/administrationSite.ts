import type { Judge } from '../core/judge.js';
import { button, html, page } from '../core/web/html.js';
import type { Html } from '../core/web/html.js';
import type { Site, SiteAnswer, SiteRequest } from '../core/web/site.js';
import type { Installation } from './installation.js';
import { ACCESS_TOKEN, APP_FOLDER } from './releases.js';
import type { PipelineMode, SecretWebServer } from './webServer.js';

/** Port of the administration of a web server. */
export const ADMINISTRATION_PORT = 55539;

/**
 * The administration of one web server: application pool, files. People use its page; scripts use `/api/…` with the header
 * `Access-Token: Bearer …`, shaped like the administration interface of IIS. `/health` tells anybody which server it is.
 */
export function administrationSite(installation: Installation, server: SecretWebServer, judge: Judge): Site {
  const acts = new Acts(installation, server, judge);
  return (request) => {
    if (request.method === 'GET' && request.path === '/health')
      return { kind: 'json', json: { server: server.name, primary: server.isPrimary, version: server.version } };
    if (request.path.startsWith('/api/')) {
      if (request.headers['access-token'] !== `Bearer ${ACCESS_TOKEN}`)
        return { kind: 'text', text: 'An access token is needed.\n', status: 401 };
      return api(acts, request);
    }
    return pages(acts, request);
  };
}

class Acts {
  constructor(
    readonly installation: Installation,
    readonly server: SecretWebServer,
    readonly judge: Judge,
  ) {}

  setPool(state: 'Started' | 'Stopped'): void {
    const { installation, server, judge } = this;
    judge.count(server.name, state === 'Started' ? 'pool_start' : 'pool_stop');
    if (state === 'Stopped' && installation.parts.switches.on('ss.pool_does_not_stop')) return;
    if (state === 'Started' && server.version !== installation.schema)
      judge.violation(
        `Secret Server: the application pool of ${server.name} was started with the files of ${server.version}, but the database belongs to ${installation.schema}`,
      );
    server.pool = state;
  }

  setPipeline(mode: PipelineMode): void {
    this.judge.count(this.server.name, 'pipeline');
    this.server.configuration.pipeline = mode;
  }

  /** Makes the settings of Integrated Windows Authentication suit a pipeline mode. */
  setAuthentication(mode: PipelineMode): void {
    this.judge.count(this.server.name, 'authentication');
    this.server.configuration.authentication = mode;
  }

  backUpFolder(): void {
    this.judge.count(this.server.name, 'folder_backup');
    this.server.folderBackups.push(this.server.version);
  }

  /** Copies the application folder of the primary server here. */
  copyFolder(): void {
    const { installation, server, judge } = this;
    judge.count(server.name, 'folder_copy');
    if (server.pool === 'Started')
      judge.violation(`Secret Server: the application folder of ${server.name} was replaced while its application pool was running`);
    server.version = installation.servers.find((other) => other.isPrimary)?.version ?? server.version;
  }
}

function api(acts: Acts, request: SiteRequest): SiteAnswer | undefined {
  const { server } = acts;
  const { configuration } = server;
  const pool = (): SiteAnswer => ({
    kind: 'json',
    json: { name: 'SecretServer', status: server.pool.toLowerCase(), pipeline_mode: configuration.pipeline },
  });
  const authentication = (): SiteAnswer => ({
    kind: 'json',
    json: { windows: acts.installation.parts.features.windowsAuthentication, pipeline_mode: configuration.authentication },
  });
  const backups = (status?: number): SiteAnswer => ({
    kind: 'json',
    json: { count: server.folderBackups.length, latest: server.folderBackups.at(-1) ?? '' },
    ...(status === undefined ? {} : { status }),
  });
  switch (`${request.method} ${request.path}`) {
    case 'GET /api/webserver/application-pools/SecretServer':
      return pool();
    case 'PATCH /api/webserver/application-pools/SecretServer': {
      const { status, pipeline_mode: mode } = request.fields;
      if (status === 'started' || status === 'stopped') acts.setPool(status === 'started' ? 'Started' : 'Stopped');
      if (isPipelineMode(mode)) acts.setPipeline(mode);
      return pool();
    }
    case 'GET /api/webserver/authentication':
      return authentication();
    case 'PATCH /api/webserver/authentication': {
      const mode = request.fields['pipeline_mode'];
      if (!isPipelineMode(mode)) return { kind: 'text', text: 'pipeline_mode must be classic or integrated\n', status: 400 };
      acts.setAuthentication(mode);
      return authentication();
    }
    case 'GET /api/files/backups':
      return backups();
    case 'POST /api/files/backups':
      acts.backUpFolder();
      return backups(201);
    case 'POST /api/files/copy-from-primary':
      acts.copyFolder();
      return { kind: 'json', json: { version: server.version } };
    default:
      return undefined;
  }
}

function isPipelineMode(text: string | undefined): text is PipelineMode {
  return text === 'classic' || text === 'integrated';
}

function pages(acts: Acts, request: SiteRequest): SiteAnswer | undefined {
  switch (`${request.method} ${request.path}`) {
    case 'GET /':
      return { kind: 'page', page: administration(acts.installation, acts.server) };
    case 'POST /pool':
      acts.setPool(request.fields['state'] === 'Started' ? 'Started' : 'Stopped');
      break;
    case 'POST /pipeline':
      acts.setPipeline(request.fields['mode'] === 'classic' ? 'classic' : 'integrated');
      break;
    case 'POST /authentication':
      acts.setAuthentication(request.fields['mode'] === 'classic' ? 'classic' : 'integrated');
      break;
    case 'POST /backup':
      acts.backUpFolder();
      break;
    case 'POST /copy':
      acts.copyFolder();
      break;
    default:
      return undefined;
  }
  return { kind: 'redirect', to: '/' };
}

function administration(installation: Installation, server: SecretWebServer): Html {
  const other = server.pool === 'Started' ? 'Stopped' : 'Started';
  const { pipeline, authentication } = server.configuration;
  const opposite = (mode: PipelineMode): PipelineMode => (mode === 'classic' ? 'integrated' : 'classic');
  const change = (path: string, mode: PipelineMode): Html => button(`Set to ${opposite(mode)}`, path, { mode: opposite(mode) });
  const windows = html`<h2>Integrated Windows Authentication</h2>
    <p>Settings for pipeline mode: ${authentication} ${change('/authentication', authentication)}</p>`;
  return page(
    `Web server ${server.name}`,
    [{ label: 'Application pools and files', href: '/' }],
    html`<h2>Application pool SecretServer</h2>
      <p>${server.pool} ${button(other === 'Started' ? 'Start' : 'Stop', '/pool', { state: other })}</p>
      <p>Pipeline mode: ${pipeline} ${change('/pipeline', pipeline)}</p>
      ${installation.parts.features.windowsAuthentication ? windows : ''}
      <h2>Application folder ${APP_FOLDER}</h2>
      <p>Version ${server.version}; ${server.folderBackups.length} backups</p>
      <p>
        ${button('Back up the folder', '/backup')} ${server.isPrimary ? '' : button('Copy the folder from the primary server', '/copy')}
      </p>`,
  );
}
