import { button, html, page } from '../core/web/html.js';
import type { Html } from '../core/web/html.js';
import type { Installation } from './installation.js';
import { setupPath } from './releases.js';
import type { SecretWebServer } from './webServer.js';

/** The home page, with the link to an update where there is one. */
export function home(installation: Installation, server: SecretWebServer): Html {
  const update = installation.updateLink;
  const link = update === undefined ? '' : html`<p><a href="${setupPath(server.version)}">An update is available (${update})</a></p>`;
  const queues = installation.parts.features.rabbitmq ? [{ label: 'Admin: Message queues', href: '/Admin/Queues' }] : [];
  return page(
    'Secret Server',
    [{ label: 'Home', href: '/' }, { label: 'Admin: Configuration', href: '/Admin/Configuration' }, ...queues],
    html`<p>Version ${server.version} on ${server.name}${server.isPrimary ? ', the primary server' : ''}</p>
      ${link} ${installation.windowsLogonWorks === false ? html`<p class="wrong">Windows does not log anybody on.</p>` : ''}`,
  );
}

export function configuration(installation: Installation): Html {
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

export function queues(installation: Installation): Html {
  const rows = Object.entries(installation.queues.list()).map(
    ([name, messages]) =>
      html`<tr>
        <td>${name}</td>
        <td>${messages}</td>
      </tr>`,
  );
  return page(
    'Message queues',
    [{ label: 'Home', href: '/' }],
    html`<table>
        <tr>
          <th>Queue of RabbitMQ</th>
          <th>Messages</th>
        </tr>
        ${rows}
      </table>
      <p>${button('Clear all queues', '/Admin/Queues/Clear')}</p>`,
  );
}
