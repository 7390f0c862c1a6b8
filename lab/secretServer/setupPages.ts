import { button, html, page } from '../core/web/html.js';
import type { Html } from '../core/web/html.js';
import type { Installation } from './installation.js';
import { APP_FOLDER, DATABASE, reachableFrom } from './releases.js';
import type { SecretWebServer } from './webServer.js';

const MENU = [{ label: 'Home', href: '/' }];

/** `/Setup/Home` or `/installer.aspx`: the start of the setup. */
export function setupHome(installation: Installation): Html {
  const link =
    installation.updateLink === undefined
      ? html`<p>No update is available.</p>`
      : html`<p><a href="/Setup/Upgrade">Secret Server Upgrade Available</a> (${installation.updateLink})</p>`;
  return page('Secret Server Setup Home', MENU, link);
}

/** The page that belongs to where the setup stands. */
export function upgradePage(installation: Installation, server: SecretWebServer): Html {
  switch (installation.setup) {
    case 'home':
      return backUpPage(installation, server);
    case 'backed_up':
      return downloadPage(installation);
    case 'downloading':
      return page('Upgrade Secret Server', MENU, html`<p>Downloading: ${installation.progress} %. <a href="/Setup/Upgrade">Reload</a></p>`);
    case 'downloaded':
      return page(
        'Install Secret Server Upgrade',
        MENU,
        html`<p>${installation.chosen ?? ''} is ready. ${button('Upgrade', '/Setup/Install')}</p>`,
      );
    case 'upgrading':
    case 'finished':
    case 'failed':
      return statusPage(installation);
  }
}

function backUpPage(installation: Installation, server: SecretWebServer): Html {
  return page(
    'Upgrade Secret Server',
    MENU,
    html`<p>Back up the application folder <code>${APP_FOLDER}</code> of ${server.name}.</p>
      <p>Back up the database named ${DATABASE} at the IP address <b>${installation.databaseAddress}</b>.</p>
      <form method="post" action="/Setup/Continue">
        <p>
          <label>
            <input type="checkbox" name="backed_up" value="true" /> The Secret Server database and application folder have been backed up
          </label>
        </p>
        <button>Continue</button>
      </form>`,
  );
}

function downloadPage(installation: Installation): Html {
  const others = reachableFrom(installation.schema).map((version) => html`<option>${version}</option>`);
  return page(
    'Upgrade Secret Server',
    MENU,
    html`<p>${button('Download Latest Version', '/Setup/Download')}</p>
      <form method="post" action="/Setup/Download">
        <p>
          Or another version:
          <select name="version">
            ${others}
          </select>
          <button>Download</button>
        </p>
      </form>`,
  );
}

function statusPage(installation: Installation): Html {
  const body =
    installation.setup === 'upgrading'
      ? html`<p>Upgrading: ${installation.progress} %. <a href="/Setup/Upgrade">Reload</a></p>`
      : installation.setup === 'failed'
        ? html`<p class="wrong">The upgrade has failed. Nothing was changed.</p>
            <p>${button('Return to Home', '/Setup/ReturnHome')}</p>`
        : html`<p>The upgrade to ${installation.schema} has finished.</p>
            <p>${button('Return to Home', '/Setup/ReturnHome')}</p>`;
  return page('Secret Server Upgrade Installation Status', MENU, body);
}
