import { asCode } from '../../language/index.js';
import type { HostName } from '../plan.js';

/** More hosts than these are counted. */
const MOST_NAMED = 6;

/** Hosts by name, in Markdown; of many the first ones. */
export function namedHosts(hosts: readonly HostName[]): string {
  const named = hosts.slice(0, MOST_NAMED).map(asCode).join(', ');
  return hosts.length > MOST_NAMED ? `${named} and ${String(hosts.length - MOST_NAMED)} more` : named;
}
