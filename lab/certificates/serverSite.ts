import { html, page } from '../core/web/html.js';
import { routes } from '../core/web/site.js';
import type { Site } from '../core/web/site.js';
import { daysLeft } from './documents.js';
import type { Server } from './server.js';

/** The status pages of a web server: the certificate it serves, which is not always the one in its files. */
export function serverSite(server: () => Server): Site {
  return routes({
    'GET /': () => ({ kind: 'page', page: status(server()) }),
    'GET /status.json': () => {
      const { rotation, served } = server();
      rotation.look(server());
      if (served === undefined) return { kind: 'json', json: { error: 'no certificate is served' }, status: 503 };
      const { serial, name, notAfter } = served;
      return { kind: 'json', json: { serial, name, not_after: notAfter, days_left: daysLeft(served) } };
    },
  });
}

function status(server: Server): ReturnType<typeof page> {
  server.rotation.look(server);
  const { served } = server;
  return page(
    'Status of the shop',
    [{ label: 'Status', href: '/' }],
    served === undefined
      ? html`<p class="wrong">No certificate is served.</p>`
      : html`<p>Certificate ${served.serial} for ${served.name}, valid until ${served.notAfter} (${daysLeft(served)} days)</p>`,
  );
}
