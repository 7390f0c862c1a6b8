import type { Judge } from '../core/judge.js';
import type { Switches } from '../core/switches.js';
import { button, html, page } from '../core/web/html.js';
import type { Site, SiteRequest, SiteAnswer } from '../core/web/site.js';
import { TARGET } from './releases.js';
import type { Server } from './server.js';

type MemberState = 'enabled' | 'disabled';

/** The load balancer in front of the servers: a page and a small interface for scripts, `GET` and `PATCH /servers/NAME`. */
export class Balancer {
  readonly #states = new Map<string, MemberState>();
  #servers: readonly Server[] = [];

  constructor(
    readonly judge: Judge,
    readonly switches: Switches,
    readonly name: string,
  ) {}

  serve(servers: readonly Server[]): void {
    this.#servers = servers;
    for (const server of servers) this.#states.set(server.name, 'enabled');
  }

  /** True when no request can reach the server through the load balancer. */
  isolates(name: string): boolean {
    return this.#states.get(name) === 'disabled' && !this.switches.on('ucd.balancer_keeps_servers');
  }

  stateOf(name: string): 'enabled' | 'disabled' | 'draining' {
    if (this.#states.get(name) !== 'disabled') return 'enabled';
    return this.isolates(name) ? 'disabled' : 'draining';
  }

  readonly site: Site = (request) => {
    if (request.path === '/' && request.method === 'GET') return { kind: 'page', page: this.#page() };
    const [, name = '', verb] = /^\/servers\/([\w.-]+)(?:\/(enable|disable))?$/.exec(request.path) ?? [];
    const server = this.#servers.find((candidate) => candidate.name === name);
    return server === undefined ? undefined : this.#member(server, verb, request);
  };

  #member(server: Server, verb: string | undefined, request: SiteRequest): SiteAnswer | undefined {
    if (verb !== undefined && request.method === 'POST') {
      this.#set(server, verb === 'enable' ? 'enabled' : 'disabled');
      return { kind: 'redirect', to: '/' };
    }
    if (request.method === 'PATCH') {
      const wanted = request.fields['state'];
      if (wanted !== 'enabled' && wanted !== 'disabled') return { kind: 'text', text: 'state must be enabled or disabled\n', status: 400 };
      this.#set(server, wanted);
    } else if (request.method !== 'GET') return undefined;
    return { kind: 'json', json: { name: server.name, state: this.stateOf(server.name) } };
  }

  #set(server: Server, state: MemberState): void {
    this.judge.count(this.name, `${state === 'enabled' ? 'enable' : 'disable'}_${server.name}`);
    if (
      state === 'enabled' &&
      this.#states.get(server.name) === 'disabled' &&
      (server.version !== TARGET || !server.running || server.awaited)
    )
      this.judge.violation(`${server.name} got requests from the load balancer again before it was upgraded and online`);
    this.#states.set(server.name, state);
  }

  #page(): ReturnType<typeof page> {
    const rows = this.#servers.map((server) => {
      const state = this.stateOf(server.name);
      const act =
        state === 'enabled' ? button('Disable', `/servers/${server.name}/disable`) : button('Enable', `/servers/${server.name}/enable`);
      return html`<tr>
        <td>${server.name}</td>
        <td>${state}</td>
        <td>${server.running ? 'answers' : 'does not answer'}</td>
        <td>${act}</td>
      </tr>`;
    });
    return page(
      'Load balancer',
      [{ label: 'Members', href: '/' }],
      html`<table>
        <tr>
          <th>Server</th>
          <th>State</th>
          <th>Health</th>
          <th></th>
        </tr>
        ${rows}
      </table>`,
    );
  }
}
