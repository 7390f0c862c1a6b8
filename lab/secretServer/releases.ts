import { versionOrder } from '../core/versionOrder.js';

/** The newest release the update server knows. */
export const LATEST = '10.9.000032';

/** The release every older one must stop at before it can go to {@link MAJOR}. */
export const STOP = '9.1.000001';
export const MAJOR = '10.0.000000';

/** From this release on the setup pages begin at `/Setup/Home`. */
export const SETUP_PAGES_SINCE = '10.2.000000';

/** An upgrade to this release or past it leaves messages of the old kind in the queues of RabbitMQ. */
const QUEUES_SINCE = '10.6.000000';

/** What the update server has, oldest first. */
export const RELEASES: readonly string[] = [
  STOP,
  MAJOR,
  SETUP_PAGES_SINCE,
  '10.5.000000',
  QUEUES_SINCE,
  '10.7.000000',
  '10.9.000005',
  LATEST,
];

export const APP_FOLDER = 'C:/inetpub/wwwroot/SecretServer';
export const DATABASE = 'SecretServer';

/** Token for the administration interface of the web servers, and the login of the SQL server's page for scripts. */
export const ACCESS_TOKEN = 'lab-token';
export const SQL_LOGIN = { user: 'backup', password: 'lab-sql-password' } as const;

/** The update the update server offers to an installed release by itself; undefined when there is none. */
export function updateFor(installed: string): string | undefined {
  if (versionOrder(installed, STOP) < 0) return STOP;
  return versionOrder(installed, LATEST) < 0 ? LATEST : undefined;
}

/** The releases an installed one can be upgraded to in one go, oldest first. */
export function reachableFrom(installed: string): readonly string[] {
  return RELEASES.filter((release) => versionOrder(installed, release) < 0 && whyNotDirectly(installed, release) === undefined);
}

/** Why a release cannot be upgraded to another in one go; undefined when it can. */
export function whyNotDirectly(from: string, to: string): string | undefined {
  if (versionOrder(from, STOP) < 0 && versionOrder(to, MAJOR) >= 0)
    return `Version ${from} must be upgraded to ${STOP} before it can be upgraded to ${to}.`;
  return undefined;
}

/** Path of the first setup page of a release. */
export function setupPath(installed: string): string {
  return versionOrder(installed, SETUP_PAGES_SINCE) < 0 ? '/installer.aspx' : '/Setup/Home';
}

/** True when an upgrade leaves messages in the queues of RabbitMQ. */
export function fillsQueues(from: string, to: string): boolean {
  return versionOrder(from, QUEUES_SINCE) < 0 && versionOrder(to, QUEUES_SINCE) >= 0;
}
