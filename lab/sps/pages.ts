import { button, html, page } from '../core/web/html.js';
import type { Html } from '../core/web/html.js';
import { routes } from '../core/web/site.js';
import type { Site, SiteAnswer, SiteRequest } from '../core/web/site.js';
import type { Cluster, Outcome } from './cluster.js';
import { FIRMWARE_DIRECTORY, readFirmware } from './firmware.js';
import type { SpsNode } from './node.js';
import { haStatus } from './programs.js';

const MENU = [
  { label: 'System Monitor', href: '/monitor' },
  { label: 'Basic Settings > System', href: '/basic/system' },
  { label: 'Basic Settings > High Availability', href: '/basic/high-availability' },
  { label: 'Basic Settings > Management', href: '/basic/management' },
  { label: 'Basic Settings > Troubleshooting', href: '/basic/troubleshooting' },
  { label: 'Policies', href: '/policies' },
  { label: 'Search', href: '/search' },
];

/** The web pages of a node, at the places the procedure names. While it boots and upgrades, every page shows the progress. */
export function spsSite(clusterOf: () => Cluster, node: SpsNode): Site {
  const site = pages(clusterOf, node);
  return (request) => {
    // The login page is the sign that the node is back: it waits for SSH too.
    if (node.phase !== 'upgrading' && node.host.power === 'on') return site(request);
    return { kind: 'page', status: 503, page: page(`${node.name}: upgrade in progress`, [], html`<pre>${node.progress.join('\n')}</pre>`) };
  };
}

function pages(clusterOf: () => Cluster, node: SpsNode): Site {
  const show = (title: string, body: Html): SiteAnswer => ({ kind: 'page', page: page(`${node.name}: ${title}`, MENU, body) });
  const tell = (outcome: Outcome, back: string): SiteAnswer => ({
    kind: 'page',
    status: outcome.ok ? 200 : 409,
    page: page(
      `${node.name}: ${outcome.ok ? 'done' : 'not done'}`,
      MENU,
      html`<pre class="${outcome.ok ? 'right' : 'wrong'}">${outcome.lines.join('\n')}</pre>
        <p><a href="${back}">Back</a></p>`,
    ),
  });
  const file = (request: SiteRequest): string => request.fields['file'] ?? request.query['file'] ?? '';
  return routes({
    'GET /': () => ({ kind: 'redirect', to: '/login' }),
    'GET /login': () => show('login', html`<p>The lab asks for no password. <a href="/basic/system">Log in</a></p>`),
    'GET /api/version': () => ({ kind: 'json', json: { node: node.name, version: node.version ?? null } }),
    'GET /monitor': () => show('System Monitor', issueList(clusterOf().issues(node))),
    'GET /basic/system': () => show('Basic Settings > System', systemPage(node)),
    'GET /basic/high-availability': () => show('Basic Settings > High Availability', haPage(clusterOf(), node)),
    'GET /basic/management': () =>
      show(
        'Basic Settings > Management',
        html`<h2>System backup</h2>
          <p>${button('Export configuration', '/config/export')}</p>`,
      ),
    'GET /basic/troubleshooting': () =>
      show(
        'Basic Settings > Troubleshooting',
        html`<h2>Core files</h2>
          <ul>
            ${node.host.list('/var/core').map((name) => html`<li><a href="/core?file=${name}">${name}</a></li>`)}
          </ul>
          <h2>System log</h2>
          <pre>${node.host.read('/var/log/system.log')}</pre>
          <h2>Upgrade log</h2>
          <pre>${node.progress.join('\n')}</pre>
          <h2>SSH access</h2>
          <p>
            ${node.emergencySsh ? 'open on every interface' : 'management interface only'}
            ${button('Management interface only', '/ssh/close')}
          </p>`,
      ),
    'GET /core': (request) => ({
      kind: 'text',
      text: node.host.read(`/var/core/${file(request).replace(/[^\w.]/g, '')}`),
      fileName: 'core.txt',
    }),
    'GET /policies': () =>
      show('Policies', html`<p>Policy “old_audit” uses an option that is about to go. ${button('Remove the option', '/config/mend')}</p>`),
    'GET /search': () =>
      show(
        'Search',
        html`<p>${node.legacyIndex ? 'critical: invalid schema mapping, documents cannot be pushed' : 'documents are pushed'}</p>`,
      ),
    'GET /firmware/notes': (request) => tell(clusterOf().openNotes(node, file(request)), '/basic/system'),
    'POST /firmware/upload': async ({ files }) => tell(await takeUpload(clusterOf(), node, files['firmware']), '/basic/system'),
    'POST /firmware/test': async (request) => tell(await clusterOf().test(node, file(request)), '/basic/system'),
    'POST /firmware/activate': async (request) => tell(await clusterOf().activate(node, file(request)), '/basic/system'),
    'POST /control/reboot': () => tell(clusterOf().reboot(node), '/'),
    'POST /ha/shutdown-other': () => tell(clusterOf().shutdownOther(), '/basic/high-availability'),
    'POST /ha/activate-slave': () => tell(clusterOf().activateSlave(), '/basic/high-availability'),
    'POST /config/export': async () => ({ kind: 'text', text: await clusterOf().exportConfiguration(node), fileName: 'configuration.txt' }),
    'POST /config/mend': () => tell(clusterOf().mendConfiguration(node), '/policies'),
    'POST /ssh/close': () => tell(clusterOf().closeSsh(node), '/basic/troubleshooting'),
  });
}

async function takeUpload(
  cluster: Cluster,
  node: SpsNode,
  upload: { readonly name: string; readonly bytes: Buffer } | undefined,
): Promise<Outcome> {
  const name = (upload?.name ?? '').replace(/^.*[\\/]/, '');
  if (upload === undefined || !/^[\w.-]+\.iso$/.test(name))
    return { ok: false, lines: ['error: choose a firmware file that ends in .iso'] };
  const firmware = readFirmware(name, upload.bytes.toString('utf8'));
  if (firmware === undefined) return { ok: false, lines: [`error: ${name} is not a firmware`] };
  cluster.judge.count(node.name, 'firmware_upload');
  await node.host.write(`${FIRMWARE_DIRECTORY}/${name}`, upload.bytes);
  return { ok: true, lines: [`${firmware.version} was uploaded`] };
}

function issueList(issues: readonly string[]): Html {
  return issues.length === 0
    ? html`<p>no issues</p>`
    : html`<ul>
        ${issues.map((issue) => html`<li class="wrong">${issue}</li>`)}
      </ul>`;
}

function systemPage(node: SpsNode): Html {
  const firmwares = node.firmwares().map(
    (firmware) =>
      html`<tr>
        <td>${firmware.version}</td>
        <td>${firmware.file}</td>
        <td><a href="/firmware/notes?file=${firmware.file}">Upgrade Notes</a></td>
        <td>${button('Test', '/firmware/test', { file: firmware.file })} ${node.tested.has(firmware.file) ? 'passed' : ''}</td>
        <td>
          ${node.next?.file === firmware.file ? 'After reboot' : button('After reboot', '/firmware/activate', { file: firmware.file })}
        </td>
      </tr>`,
  );
  return html`<h2>Version details</h2>
    <p>${node.version ?? 'unknown'}</p>
    <h2>Firmwares</h2>
    <table>
      ${firmwares}
    </table>
    <form method="post" action="/firmware/upload" enctype="multipart/form-data">
      <input type="file" name="firmware" accept=".iso" /> <button>Upload</button>
    </form>
    <h2>System control</h2>
    <p>This node: ${button('Reboot', '/control/reboot')}</p>`;
}

function haPage(cluster: Cluster, node: SpsNode): Html {
  if (node !== cluster.primary || cluster.secondary === undefined)
    return html`<p>Nothing to see here: open this page on the primary node of a pair.</p>`;
  return html`<pre>${haStatus(cluster, cluster.secondary).join('\n')}</pre>
    <p>This node: ${button('Reboot', '/control/reboot')}</p>
    <p>Other node: ${button('Shutdown', '/ha/shutdown-other')}</p>
    <p>${button('Activate Slave', '/ha/activate-slave')}</p>`;
}
