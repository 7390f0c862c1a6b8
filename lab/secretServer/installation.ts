import type { Judge } from '../core/judge.js';
import type { Pace } from '../core/pace.js';
import { versionOrder } from '../core/versionOrder.js';
import { MessageQueues } from './messageQueues.js';
import type { SecretServerSwitches } from './misbehaviours.js';
import { fillsQueues, MAJOR, RELEASES, STOP, updateFor, whyNotDirectly } from './releases.js';
import { Settling } from './settling.js';
import type { Features } from './sites.js';
import type { SecretWebServer, WebConfiguration } from './webServer.js';

/** How long things take, in milliseconds at pace 1. */
const DOWNLOAD_MS = 3000;
const UPGRADE_MS = 5000;

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
  readonly configuration: WebConfiguration;
  readonly features: Features;
  readonly databaseAddress: string;
  readonly version: string;
}

/** One Secret Server: its web servers, its database, and the setup that upgrades it. */
export class Installation {
  readonly servers: readonly SecretWebServer[];
  readonly databaseAddress: string;
  readonly queues: MessageQueues;
  /** The release the content of the database belongs to. */
  schema: string;
  privilegeManager: string;
  privilegeManagerUp = true;
  automaticChecks = false;
  setup: SetupStep = 'home';
  /** Percent of the download or the upgrade. */
  progress = 0;
  /** The release the next upgrade leads to, from its download on. */
  chosen: string | undefined;
  databaseBackups: string[] = [];
  readonly #settling: Settling;

  constructor(readonly parts: InstallationParts) {
    this.servers = parts.servers;
    this.databaseAddress = parts.databaseAddress;
    this.schema = parts.version;
    this.privilegeManager = parts.version;
    this.queues = new MessageQueues(parts.pace);
    this.#settling = new Settling(parts.pace);
  }

  /** The link on the home page: the update it leads to, or undefined when the page shows none. */
  get updateLink(): string | undefined {
    return this.automaticChecks ? updateFor(this.schema) : undefined;
  }

  /** People are logged on by Windows only when the settings for it suit the pipeline mode. Undefined where it is not in use. */
  get windowsLogonWorks(): boolean | undefined {
    const { configuration, features } = this.parts;
    return features.windowsAuthentication ? configuration.authentication === configuration.pipeline : undefined;
  }

  /** A look at the setup pages: true while they lead back to the home page. */
  lookAtSetup(): boolean {
    this.#settling.look();
    return !this.#settling.settled || this.parts.switches.on('ss.redirects_home');
  }

  /** Writes down that somebody went on with the setup though its pages lead back to the home page. */
  triedTooEarly(server: SecretWebServer): void {
    this.#violation(`an upgrade of ${server.name} was tried before the one to ${this.schema} had settled`);
  }

  clearQueues(server: SecretWebServer): void {
    this.parts.judge.count(server.name, 'queues_clear');
    this.queues.clear();
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

  /**
   * The Download Latest Version button. `version` is the release asked for instead of the one that is offered; `force` skips the question
   * whether it can be reached in one go.
   */
  download(version: string | undefined, force: boolean): Outcome {
    if (this.setup !== 'backed_up') return refuse('Confirm the backups first.');
    const wanted = version ?? updateFor(this.schema);
    if (wanted === undefined) return refuse('No update is available.');
    if (!RELEASES.includes(wanted)) return refuse(`The update server has no version ${wanted}; it has ${RELEASES.join(', ')}.`);
    if (versionOrder(wanted, this.schema) <= 0) return refuse(`Version ${wanted} is not newer than ${this.schema}.`);
    const direct = whyNotDirectly(this.schema, wanted);
    if (direct !== undefined && !force) return refuse(direct);
    if (this.parts.switches.on('ss.no_outbound_access')) return refuse('The update server cannot be reached.');
    if (direct !== undefined) this.#violation(`${this.schema} was to become ${wanted} without ${STOP} in between`);
    this.chosen = wanted;
    this.setup = 'downloading';
    void this.#advance(DOWNLOAD_MS, 'ss.download_stalls').then(() => (this.setup = 'downloaded'));
    return DONE;
  }

  /** The Upgrade button. */
  upgrade(server: SecretWebServer): Outcome {
    const { judge, configuration } = this.parts;
    const to = this.chosen;
    if (this.setup !== 'downloaded' || to === undefined) return refuse('Download the new version first.');
    if (versionOrder(to, MAJOR) >= 0 && configuration.pipeline !== 'integrated')
      return refuse('The application pool must run in integrated pipeline mode.');
    judge.count(server.name, 'upgrade');
    for (const other of this.servers)
      if (other !== server && other.pool === 'Started')
        this.#violation(`${server.name} was upgraded while the application pool of ${other.name} was running`);
    if (!server.isPrimary) this.#violation(`${server.name} was upgraded, which is not the primary server`);
    void this.#install(server, to);
    return DONE;
  }

  /** The Return to Home button, which ends the setup. */
  returnHome(): Outcome {
    if (this.setup !== 'failed' && this.setup !== 'finished') return refuse('The upgrade has not finished.');
    // After the first hop the product works through its changes before it can be upgraded further.
    if (this.setup === 'finished' && this.schema === STOP) this.#settling.begin();
    this.setup = 'home';
    this.progress = 0;
    this.chosen = undefined;
    return DONE;
  }

  async #install(server: SecretWebServer, to: string): Promise<void> {
    const { features, pace, switches } = this.parts;
    const from = this.schema;
    this.setup = 'upgrading';
    this.privilegeManagerUp = false;
    await this.#advance(UPGRADE_MS);
    if (switches.on('ss.upgrade_fails') || whyNotDirectly(from, to) !== undefined) {
      this.setup = 'failed';
      this.privilegeManagerUp = true;
      return;
    }
    server.version = to;
    this.schema = to;
    this.setup = 'finished';
    if (features.rabbitmq && fillsQueues(from, to)) this.queues.pileUp();
    await pace.pause(UPGRADE_MS / 5);
    this.privilegeManager = to;
    this.privilegeManagerUp = true;
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
