import { webServer } from '../../engine/probes/support/webServer.js';
import type { WebServer } from '../../engine/probes/support/webServer.js';

/** The web side of the farm: load balancer, manager of the virtual machines and the health pages, in one server. */
export interface FarmServices {
  readonly url: string;
  stop(): Promise<void>;
}

/** `keeps_draining`: it takes no server back. `loses_the_site`: once it has taken one back, the site is gone. */
export type BalancerTrouble = 'keeps_draining' | 'loses_the_site';

/**
 * Starts it on a free loopback port. A server that drains loses its visitors at once.
 * `changed` hears every request that changes something: `PATCH /servers/web_1 {"state":"draining"}`.
 */
export async function startFarmServices(changed: (change: string) => void, trouble?: BalancerTrouble): Promise<FarmServices> {
  const states = new Map<string, string>();
  const server: WebServer = await webServer((request, response) => {
    const { method = '', path = '', body = '' } = server.asked.at(-1) ?? {};
    const [, kind, name = ''] = path.split('/');
    if (method !== 'GET') changed(`${method} ${path} ${body}`);
    if (method === 'PATCH') {
      const { state } = JSON.parse(body) as { state: string };
      if (state !== 'enabled' || trouble !== 'keeps_draining') states.set(name, state);
    }
    if (kind === 'servers' && request.headers.authorization !== 'Bearer of-the-balancer' && method !== 'GET') response.statusCode = 401;
    if (method === 'PUT') response.statusCode = 201;
    response.setHeader('content-type', 'application/json');
    const enabled = trouble === 'loses_the_site' && [...states.values()].includes('enabled') ? 0 : 1;
    response.end(JSON.stringify(answerTo(kind ?? '', states.get(name) ?? 'enabled', enabled)));
  });
  return { url: server.url, stop: () => server.stop() };
}

function answerTo(kind: string, state: string, enabled: number): object {
  switch (kind) {
    case 'servers':
      return { state, connections: 0 };
    case 'machines':
      return { state: 'ready' };
    case 'site':
      return { enabled };
    default:
      return { status: 'ok' };
  }
}
