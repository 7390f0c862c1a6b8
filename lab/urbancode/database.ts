import type { Host } from '../core/host.js';
import type { Judge } from '../core/judge.js';
import { button, html, page } from '../core/web/html.js';
import { routes } from '../core/web/site.js';
import type { Site } from '../core/web/site.js';

const DUMPS = '/backup';

/** The database all servers share. Its schema belongs to one release. */
export class Database {
  migrations = 0;
  backups = 0;
  #host: Host | undefined;

  constructor(
    readonly judge: Judge,
    public schema: string,
  ) {}

  async setUp(host: Host): Promise<void> {
    this.#host = host;
    await host.program('ucd-db-backup', async ({ print }) => {
      print(await this.backUp());
      return 0;
    });
    await host.program('ucd-db-schema', ({ print }) => {
      print(this.schema);
      return 0;
    });
  }

  /** Writes a dump; resolves with its file. */
  async backUp(): Promise<string> {
    const host = this.#host;
    if (host === undefined) throw new Error('the database has no host yet');
    this.backups++;
    this.judge.count(host.name, 'backup');
    const file = `${DUMPS}/ucd-${String(this.backups)}.dump`;
    await host.write(file, `schema ${this.schema}\n`);
    return file;
  }

  /** Changes the schema to that of a release. */
  migrate(version: string): void {
    this.migrations++;
    this.judge.count(this.#host?.name ?? 'database', 'migrate');
    if (this.migrations > 1) this.judge.violation(`the database was upgraded ${String(this.migrations)} times`);
    this.schema = version;
  }

  readonly site: Site = routes({
    'GET /': () => ({ kind: 'page', page: this.#page() }),
    'GET /backups': () => ({ kind: 'json', json: { count: this.backups, files: this.#host?.list(DUMPS) ?? [] } }),
    'POST /backups': async () => {
      await this.backUp();
      return { kind: 'redirect', to: '/' };
    },
  });

  #page(): ReturnType<typeof page> {
    const dumps = (this.#host?.list(DUMPS) ?? []).map((file) => html`<li>${DUMPS}/${file}</li>`);
    return page(
      'Database of UrbanCode Deploy',
      [{ label: 'Database', href: '/' }],
      html`<p>Schema of ${this.schema}</p>
        <h2>Backups</h2>
        <ul>
          ${dumps.length > 0 ? dumps : html`<li>none</li>`}
        </ul>
        <p>${button('Back up now', '/backups')}</p>`,
    );
  }
}
