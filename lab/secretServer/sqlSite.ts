import type { Judge } from '../core/judge.js';
import { button, html, page } from '../core/web/html.js';
import { routes } from '../core/web/site.js';
import type { Site, SiteAnswer } from '../core/web/site.js';
import type { Installation } from './installation.js';
import { DATABASE, SQL_LOGIN } from './releases.js';

/** The SQL server: a page for people, and `/databases/SecretServer/backups` with basic authentication for scripts. */
export function sqlSite(installation: Installation, name: string, judge: Judge): Site {
  const backUp = (): SiteAnswer | undefined => {
    if (installation.parts.switches.on('ss.backup_fails'))
      return { kind: 'text', text: 'There is no space left for a backup.\n', status: 507 };
    judge.count(name, 'database_backup');
    installation.databaseBackups.push(installation.schema);
    return undefined;
  };
  const list = (status = 200): SiteAnswer => ({
    kind: 'json',
    json: { count: installation.databaseBackups.length, latest: installation.databaseBackups.at(-1) ?? '' },
    status,
  });
  const forScripts = routes({
    'GET /databases/SecretServer/backups': () => list(),
    'POST /databases/SecretServer/backups': () => backUp() ?? list(201),
  });
  const forPeople = routes({
    'GET /': () => ({ kind: 'page', page: databases(installation) }),
    'POST /backup': () => backUp() ?? { kind: 'redirect', to: '/' },
  });
  return (request) => {
    if (!request.path.startsWith('/databases/')) return forPeople(request);
    if (request.login?.user !== SQL_LOGIN.user || request.login.password !== SQL_LOGIN.password)
      return { kind: 'text', text: 'A login is needed.\n', status: 401 };
    return forScripts(request);
  };
}

function databases(installation: Installation): ReturnType<typeof page> {
  return page(
    'SQL Server',
    [{ label: 'Databases', href: '/' }],
    html`<p>
      ${DATABASE} at ${installation.databaseAddress}: ${installation.databaseBackups.length} backups ${button('Back up', '/backup')}
    </p>`,
  );
}
