import type { Lab } from './lab.js';
import type { Product } from './product.js';
import type { Switches } from './switches.js';
import { button, html, page } from './web/html.js';
import { routes } from './web/site.js';
import type { Site } from './web/site.js';

/** The control page of a lab: switches, violations, counters, hosts and what is not done yet; for people and as JSON. */
export function controlSite(lab: Lab, switches: Switches, products: () => readonly Product[]): Site {
  const picture = (): object => ({
    hosts: lab.hosts,
    switches: switches.list(),
    violations: lab.violations(),
    counters: lab.counters(),
    products: Object.fromEntries(products().map((product) => [product.name, { state: product.state(), missing: product.done() }])),
  });
  return routes({
    'GET /': () => ({ kind: 'page', page: controlPage(lab, switches, products()) }),
    'GET /state.json': () => ({ kind: 'json', json: picture() }),
    'POST /switch': ({ fields, headers }) => {
      const [name, on] = [fields['name'] ?? '', fields['on'] === 'true'];
      if (!switches.list().some((known) => known.name === name))
        return { kind: 'text', text: `There is no switch ${name}.\n`, status: 404 };
      lab.set(name, on);
      return isJson(headers) ? { kind: 'json', json: picture() } : { kind: 'redirect', to: '/' };
    },
    'POST /reset': async ({ headers }) => {
      await lab.reset();
      return isJson(headers) ? { kind: 'json', json: picture() } : { kind: 'redirect', to: '/' };
    },
  });
}

function isJson(headers: Readonly<Record<string, string>>): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json');
}

function controlPage(lab: Lab, switches: Switches, products: readonly Product[]): ReturnType<typeof page> {
  const hosts = lab.hosts.map(
    (host) =>
      html`<tr>
        <td>${host.name}</td>
        <td>${host.address}</td>
        <td>${host.url === undefined ? '' : html`<a href="${host.url}">${host.url}</a>`}</td>
      </tr>`,
  );
  const positions = switches.list().map(
    ({ name, title, on }) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td>${title}</td>
        <td>${on ? 'on' : 'off'} ${button(on ? 'Turn off' : 'Turn on', '/switch', { name, on: String(!on) })}</td>
      </tr>`,
  );
  const violations = lab.violations().map((sentence) => html`<li class="wrong">${sentence}</li>`);
  const missing = products.flatMap((product) => product.done().map((sentence) => html`<li>${product.name}: ${sentence}</li>`));
  const counters = Object.entries(lab.counters()).map(
    ([act, times]) =>
      html`<tr>
        <td>${act}</td>
        <td>${times}</td>
      </tr>`,
  );
  return page(
    'Lab',
    [{ label: 'State as JSON', href: '/state.json' }],
    html`<p>Simulated hosts on this machine. Nothing here is the real product.</p>
      <h2>Hosts</h2>
      <table>
        ${hosts}
      </table>
      <h2>Misbehaviours</h2>
      <table>
        ${positions}
      </table>
      <h2>What must not have happened</h2>
      <ul>
        ${violations.length > 0 ? violations : [html`<li>nothing</li>`]}
      </ul>
      <h2>Not done yet</h2>
      <ul>
        ${missing.length > 0 ? missing : [html`<li>everything is done and healthy</li>`]}
      </ul>
      <h2>Acts</h2>
      <table>
        ${counters}
      </table>
      <p>${button('Back to the start', '/reset')}</p>`,
  );
}
