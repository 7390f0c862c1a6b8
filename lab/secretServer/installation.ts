import type { Judge } from '../core/judge.js';
import type { Pace } from '../core/pace.js';
import { versionOrder } from '../core/versionOrder.js';
import type { SecretServerSwitches } from './misbehaviours.js';
import { LATEST, MAJOR, STOP, updateFor, whyNotDirectly } from './releases.js';
import type { SecretWebServer } from './webServer.js';

/** How long things take, in milliseconds at pace 1. */
const DOWNLOAD_MS = 3000;
const UPGRADE_MS = 5000;
const SETTLE_MS = 6000;

/** Where the setup stands: each page leads to the next. */
export type SetupStep = 'home' | 'backed_up' | 'downloading' | 'downloaded' | 'upgrading' | 'finished' | 'failed';

/** What an act on the setup pages leads to. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly why: string };

const DONE: Outcome = { ok: true };
const refuse = (why: string): Outcome => ({ ok: false, why });

export interface InstallationParts {
  readonly judge: Judge;
  readonly pace: Pace;
  readonly switches: SecretServerSwitches;
  readonly servers: readonly SecretWebServer[];
  readonly databaseAddress: string;
  readonly version: string;
}

/** One Secret Server: its web servers, its database, and the setup that upgrades it. */
export class Installation {
  readonly servers: readonly SecretWebServer[];
  readonly databaseAddress: string;
  /** The release the content of the database belongs to. */
  schema: string;
  privilegeManager: string;
  privilegeManagerUp = true;
  automaticChecks = false;
  setup: SetupStep = 'home';
  /** Percent of the download or the upgrade. */
  progress = 0;
  offered: string | undefined;
  databaseBackups: string[] = [];
  #settling = false;

  constructor(readonly parts: InstallationParts) {
    this.servers = parts.servers;
    this.databaseAddress = parts.databaseAddress;
    this.schema = parts.version;
    this.privilegeManager = parts.version;
  }

  /** The link on the home page: the update it leads to, or undefined when the page shows none. */
  get updateLink(): string | undefined {
    return this.automaticChecks ? updateFor(this.schema) : undefined;
  }

  /** True while the setup pages lead back to the home page. */
  get settling(): boolean {
    return this.#settling || this.parts.switches.on('ss.redirects_home');
  }

  /** The Continue button of the first setup page. `confirmed` is its check box. */
  continueSetup(server: SecretWebServer, confirmed: boolean): Outcome {
    if (this.setup !== 'home' && this.setup !== 'failed') return refuse('The setup is further on already.');
    if (this.updateLink === undefined) return refuse('No update is available.');
    if (!confirmed) return refuse('Confirm that the Secret Server database and application folder have been backed up.');
    if (!server.folderBackups.includes(server.version)) this.#violation('the application folder was said to be backed up, but it was not');
    if (!this.databaseBackups.includes(this.schema)) this.#violation('the database was said to be backed up, but it was not');
    this.setup = 'backed_up';
    return DONE;
  }

  /** The Download Latest Version button. `version` is what a script may ask for instead. */
  download(version: string | undefined): Outcome {
    if (this.setup !== 'backed_up') return refuse('Confirm the backups first.');
    const wanted = version ?? updateFor(this.schema);
    if (wanted === undefined) return refuse('No update is available.');
    const direct = whyNotDirectly(this.schema, wanted);
    if (direct !== undefined) return refuse(direct);
    if (this.parts.switches.on('ss.no_outbound_access')) return refuse('The update server cannot be reached.');
    this.offered = wanted;
    this.setup = 'downloading';
    void this.#advance(DOWNLOAD_MS, 'ss.download_stalls').then(() => (this.setup = 'downloaded'));
    return DONE;
  }

  /** The Upgrade button. */
  upgrade(server: SecretWebServer): Outcome {
    const { judge, pace, switches } = this.parts;
    const to = this.offered;
    if (this.setup !== 'downloaded' || to === undefined) return refuse('Download the new version first.');
    if (versionOrder(to, MAJOR) >= 0 && server.pipeline !== 'integrated')
      return refuse('The application pool must run in integrated pipeline mode.');
    judge.count(server.name, 'upgrade');
    for (const other of this.servers)
      if (other !== server && other.pool === 'Started')
        this.#violation(`${server.name} was upgraded while the application pool of ${other.name} was running`);
    if (!server.isPrimary) this.#violation(`${server.name} was upgraded, which is not the primary server`);
    this.setup = 'upgrading';
    this.privilegeManagerUp = false;
    void this.#advance(UPGRADE_MS).then(async () => {
      if (switches.on('ss.upgrade_fails')) {
        this.setup = 'failed';
        this.privilegeManagerUp = true;
        return;
      }
      server.version = to;
      this.schema = to;
      this.setup = 'finished';
      await pace.pause(UPGRADE_MS / 5);
      this.privilegeManager = to;
      this.privilegeManagerUp = true;
    });
    return DONE;
  }

  /** The Return to Home button, which ends the setup. */
  returnHome(): Outcome {
    if (this.setup === 'failed') {
      this.setup = 'home';
      return DONE;
    }
    if (this.setup !== 'finished') return refuse('The upgrade has not finished.');
    this.setup = 'home';
    this.progress = 0;
    this.offered = undefined;
    if (this.schema === STOP) {
      // After the first hop the product works through its changes before it can be upgraded further.
      this.#settling = true;
      this.parts.pace.after(SETTLE_MS, () => (this.#settling = false));
    }
    return DONE;
  }

  /** What is still wrong with the server that was upgraded. */
  primaryDone(): string[] {
    const wrong: string[] = [];
    const primary = this.servers.find((server) => server.isPrimary);
    if (primary === undefined) return ['there is no primary server'];
    if (primary.version !== LATEST) wrong.push(`${primary.name} is at ${primary.version}, not at ${LATEST}`);
    if (primary.pool !== 'Started') wrong.push(`the application pool of ${primary.name} is stopped`);
    if (this.setup !== 'home') wrong.push(`the setup of ${primary.name} is still open`);
    if (this.privilegeManager !== LATEST) wrong.push(`Privilege Manager is at ${this.privilegeManager}`);
    return wrong;
  }

  /** What is still wrong with the end state. */
  done(): string[] {
    const standby = this.servers.filter((server) => !server.isPrimary);
    return [
      ...this.primaryDone(),
      ...standby.flatMap((server) => [
        ...(server.version === this.schema ? [] : [`${server.name} has the files of ${server.version}`]),
        ...(server.pool === 'Started' ? [] : [`the application pool of ${server.name} is stopped`]),
      ]),
    ];
  }

  async #advance(ms: number, until?: 'ss.download_stalls'): Promise<void> {
    for (let percent = 0; percent < 100; percent += 20) {
      this.progress = percent;
      await this.parts.pace.pause(ms / 5);
    }
    if (until !== undefined) await this.parts.pace.until(() => !this.parts.switches.on(until));
    this.progress = 100;
  }

  #violation(sentence: string): void {
    this.parts.judge.violation(`Secret Server: ${sentence}`);
  }
}
