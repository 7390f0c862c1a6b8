import { button, html, page } from '../core/web/html.js';
import { routes } from '../core/web/site.js';
import type { Site } from '../core/web/site.js';
import type { Cluster } from './cluster.js';
import type { Server } from './server.js';

/** The pages of a server: Dashboard with running processes, and what scripts ask. They answer only while the server is online. */
export function serverSite(cluster: () => Cluster, server: () => Server): Site {
  return routes({
    'GET /': () => ({ kind: 'page', page: dashboard(cluster(), server()) }),
    'GET /rest/version': () => ({ kind: 'json', json: { version: server().version, fips: server().fips } }),
    'GET /rest/processes': () => {
      const processes = cluster().processes.look();
      return { kind: 'json', json: { count: processes.length, processes } };
    },
    'POST /rest/processes/cancel': ({ fields }) => {
      cluster().judge.count(server().name, 'cancel_process');
      cluster().processes.cancel(fields['id']);
      return { kind: 'redirect', to: '/' };
    },
  });
}

function dashboard(cluster: Cluster, server: Server): ReturnType<typeof page> {
  const rows = cluster.processes.look().map(
    (process) =>
      html`<tr>
        <td>${process.name}</td>
        <td>${process.kind}</td>
        <td>${button('Cancel', '/rest/processes/cancel', { id: process.id })}</td>
      </tr>`,
  );
  return page(
    'Dashboard',
    [{ label: 'Dashboard', href: '/' }],
    html`<p>${server.name}, release ${server.version}${server.fips ? ', FIPS-compliant' : ''}</p>
      <h2>Running processes</h2>
      <table>
        ${
          rows.length > 0
            ? rows
            : html`<tr>
                <td>No processes are running.</td>
              </tr>`
        }
      </table>`,
  );
}
