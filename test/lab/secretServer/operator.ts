import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { eventually } from '../../support/eventually.js';

/** Last numbers of the addresses of an installation. */
export interface SiteNumbers {
  readonly primary: string;
  readonly standby: string;
  readonly sql: string;
}

export const CLUSTER: SiteNumbers = { primary: '11', standby: '12', sql: '6' };
export const OLD: SiteNumbers = { primary: '21', standby: '22', sql: '26' };

/** Does by web requests what an operator of Secret Server does; knows nothing of the inside of the lab. */
export class Operator {
  private constructor(
    readonly lab: Lab,
    readonly subnet: string,
    readonly directory: string,
  ) {}

  static async start(subnet: string): Promise<Operator> {
    const directory = mkdtempSync(path.join(tmpdir(), 'lab-ss-'));
    return new Operator(await startLab({ directory, subnet, products: ['secret_server'], pace: 0.02 }), subnet, directory);
  }

  async stop(): Promise<void> {
    await this.lab.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  address(number: string): string {
    return `${this.subnet}.3.${number}`;
  }

  page(number: string, where: string): string {
    return `http://${this.address(number)}:8080${where}`;
  }

  /** Sends a request without following redirects. */
  send(method: string, url: string, body: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(url, {
      method,
      redirect: 'manual',
      ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    });
  }

  async status(number: string, where: string): Promise<number> {
    return (await this.send('GET', this.page(number, where))).status;
  }

  async json(number: string, where: string): Promise<Record<string, unknown>> {
    return (await (await this.send('GET', this.page(number, where))).json()) as Record<string, unknown>;
  }

  async administer(number: string, method: string, what: string, body: Record<string, string> = {}): Promise<void> {
    const url = `http://${this.address(number)}:55539/api/${what}`;
    const answer = await this.send(method, url, body, { 'access-token': 'Bearer lab-token' });
    assert.ok(answer.ok, `${what}: ${String(answer.status)}`);
  }

  pool(number: string, change: Record<string, string>): Promise<void> {
    return this.administer(number, 'PATCH', 'webserver/application-pools/SecretServer', change);
  }

  backUpDatabase(site: SiteNumbers): Promise<Response> {
    const authorization = `Basic ${Buffer.from('backup:lab-sql-password').toString('base64')}`;
    return this.send('POST', this.page(site.sql, '/databases/SecretServer/backups'), {}, { authorization });
  }

  /** Clicks on a page of the setup. */
  click(number: string, button: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.send('POST', this.page(number, `/Setup/${button}`), fields);
  }

  async setup(number: string, button: string, fields: Record<string, string> = {}): Promise<void> {
    const answer = await this.click(number, button, fields);
    assert.equal(answer.status, 303, `${button}: ${await answer.text()}`);
  }

  reach(number: string, step: string): Promise<void> {
    return eventually(async () => (await this.json(number, '/Setup/status.json'))['step'] === step, `the setup is ${step}`, 10);
  }

  /** Every act of one upgrade by its name; a test leaves one out or changes the order. `version` is asked for instead of the one offered. */
  acts(site: SiteNumbers, version?: string) {
    const { primary, standby } = site;
    return {
      automatic_checks: () => this.send('PATCH', this.page(primary, '/api/v1/configuration'), { automatic_checks: 'true' }),
      stop_standby: () => this.pool(standby, { status: 'stopped' }),
      folder: () => this.administer(primary, 'POST', 'files/backups'),
      database: () => this.backUpDatabase(site),
      continue: () => this.setup(primary, 'Continue', { backed_up: 'true' }),
      download: async () => {
        await this.setup(primary, 'Download', version === undefined ? {} : { version });
        await this.reach(primary, 'downloaded');
      },
      upgrade: async () => {
        await this.setup(primary, 'Install');
        await this.reach(primary, 'finished');
      },
      return_home: () => this.setup(primary, 'ReturnHome'),
      copy: () => this.administer(standby, 'POST', 'files/copy-from-primary'),
      start_standby: () => this.pool(standby, { status: 'started' }),
    };
  }

  /** Does acts one after the other; ends at the first that fails. */
  async perform(site: SiteNumbers, ...names: readonly Act[]): Promise<void> {
    const acts = this.acts(site);
    for (const name of names) await acts[name]();
  }

  /** Waits until nothing is wrong with the end state any more. */
  done(product: string): Promise<void> {
    return eventually(() => Promise.resolve(this.lab.done(product).length === 0), `${product} is done`, 10);
  }

  /** Waits until the setup pages no longer lead to the home page. */
  settled(number: string): Promise<void> {
    return eventually(async () => (await this.json(number, '/api/v1/setup'))['settled'] === true, 'the upgrade has settled', 10);
  }

  /** Violations without their time. */
  violations(): string[] {
    return this.lab.violations().map((line) => line.replace(/^\S+ /, ''));
  }
}

export type Act = keyof ReturnType<Operator['acts']>;

/** The acts in their order. */
export const ALL: readonly Act[] = [
  'automatic_checks',
  'stop_standby',
  'folder',
  'database',
  'continue',
  'download',
  'upgrade',
  'return_home',
  'copy',
  'start_standby',
];
