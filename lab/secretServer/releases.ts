import { versionOrder } from '../core/versionOrder.js';

/** The newest release the update server knows. */
export const LATEST = '10.9.000032';

/** The release every older one must stop at before it can go to {@link MAJOR}. */
export const STOP = '9.1.000001';
export const MAJOR = '10.0.000000';

/** From this release on the setup pages begin at `/Setup/Home`. */
export const SETUP_PAGES_SINCE = '10.2.000000';

export const APP_FOLDER = 'C:/inetpub/wwwroot/SecretServer';
export const DATABASE = 'SecretServer';

/** Token for the administration interface of the web servers, and the login of the SQL server's page for scripts. */
export const ACCESS_TOKEN = 'lab-token';
export const SQL_LOGIN = { user: 'backup', password: 'lab-sql-password' } as const;

/** The update the update server offers to an installed release; undefined when there is none. */
export function updateFor(installed: string): string | undefined {
  if (versionOrder(installed, STOP) < 0) return STOP;
  return versionOrder(installed, LATEST) < 0 ? LATEST : undefined;
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
