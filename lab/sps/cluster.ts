import type { Judge } from '../core/judge.js';
import type { Pace } from '../core/pace.js';
import type { Switches } from '../core/switches.js';
import { STARTING_VERSION } from './firmware.js';
import type { Firmware } from './firmware.js';
import type { Misbehaviour } from './misbehaviours.js';
import type { SpsNode } from './node.js';
import { judgeActivation, judgeUpgradeBoot } from './rules.js';

// Milliseconds at pace 1. Long enough at a tenth of it that a run which forgets to wait is found out.
const STAGE_OTHER_MS = 5000;
const SYNC_MS = 4000;

/** What an act on the appliance says and whether it was done. */
export interface Outcome {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

const done = (...lines: string[]): Outcome => ({ ok: true, lines });
const refused = (...lines: string[]): Outcome => ({ ok: false, lines });

/** What the nodes of one installation share, and the acts an administrator has. Pages and programs call the same acts. */
export class Cluster {
  /** The other node as the primary sees it. */
  sync: 'in sync' | 'syncing' | 'out of sync' = 'in sync';
  /** The other node takes over when needed; an upgrade ends this until somebody activates it. */
  slaveActive = true;
  configurationMended = false;
  /** Versions whose upgrade notes were opened, on whichever node. */
  readonly notesOpened = new Set<string>();

  constructor(
    readonly primary: SpsNode,
    readonly secondary: SpsNode | undefined,
    readonly minions: readonly SpsNode[],
    readonly switches: Switches,
    readonly judge: Judge,
    readonly pace: Pace,
  ) {
    switches.watch((name, on) => {
      if (name === 'sps.test_fails' && on) this.configurationMended = false;
    });
  }

  get nodes(): readonly SpsNode[] {
    return [this.primary, ...(this.secondary === undefined ? [] : [this.secondary]), ...this.minions];
  }

  misbehaves(name: Misbehaviour): boolean {
    return this.switches.on(name);
  }

  get degraded(): boolean {
    return this.misbehaves('sps.ha_degraded');
  }

  /** Issues on the System Monitor of a node. */
  issues(node: SpsNode): string[] {
    return [
      ...(this.misbehaves('sps.health_issue') ? ['disk: the log partition is nearly full'] : []),
      ...(node.legacyIndex ? ['search: documents cannot be pushed, the index has an invalid schema mapping'] : []),
      ...(node.phase === 'failed' ? ['upgrade: failed, and could not be taken back'] : []),
    ];
  }

  openNotes(node: SpsNode, file: string): Outcome {
    const firmware = node.firmware(file);
    if (firmware === undefined) return refused(`error: there is no firmware ${file} on this node`);
    this.notesOpened.add(firmware.version);
    return done(`Upgrade notes of ${firmware.version}`, firmware.notes);
  }

  async test(node: SpsNode, file: string): Promise<Outcome> {
    this.judge.count(node.name, 'firmware_test');
    const firmware = node.firmware(file);
    if (firmware === undefined) return refused(`error: there is no firmware ${file} on this node`);
    await this.pace.pause(1000);
    if (this.misbehaves('sps.test_fails') && !this.configurationMended) {
      return refused(
        `error: the configuration cannot be upgraded to ${firmware.version}: policy “old_audit” uses an option that no longer exists`,
      );
    }
    node.tested.add(firmware.file);
    return done(`the configuration can be upgraded to ${firmware.version}`);
  }

  async activate(node: SpsNode, file: string): Promise<Outcome> {
    this.judge.count(node.name, 'firmware_activate');
    const firmware = node.firmware(file);
    if (firmware === undefined) return refused(`error: there is no firmware ${file} on this node`);
    judgeActivation(this, node, firmware);
    node.next = firmware;
    if (node === this.primary && this.secondary !== undefined) this.#stageOther(this.secondary, firmware);
    if (this.misbehaves('sps.drop_connection')) {
      this.switches.set('sps.drop_connection', false);
      node.host.dropConnections();
      await this.pace.pause(1000);
    }
    return done(`${firmware.version} is used after the next reboot`);
  }

  shutdownOther(): Outcome {
    const other = this.secondary;
    if (other === undefined) return refused('error: this node has no other node');
    this.judge.count(this.primary.name, 'ha_shutdown_other');
    if (this.primary.next !== undefined && other.next === undefined) {
      this.judge.violation(`${other.name} was shut down before the new firmware was active on it`);
    }
    this.pace.after(300, () => void other.host.powerOff());
    return done('the other node shuts down');
  }

  activateSlave(): Outcome {
    const other = this.secondary;
    if (other === undefined) return refused('error: this node has no other node');
    this.judge.count(this.primary.name, 'ha_activate_slave');
    if (other.host.power !== 'on' || this.sync !== 'in sync') return refused('error: the other node is not in sync');
    if (other.version !== this.primary.version) return refused('error: the other node has another firmware version');
    this.slaveActive = true;
    return done('the other node is active; high availability works');
  }

  async exportConfiguration(node: SpsNode): Promise<string> {
    this.judge.count(node.name, 'config_export');
    node.configurationExported = true;
    const text = `# configuration of ${node.name}\nfirmware: ${node.version ?? 'unknown'}\n`;
    await node.host.write('/var/export/configuration.txt', text);
    return text;
  }

  mendConfiguration(node: SpsNode): Outcome {
    this.judge.count(node.name, 'config_mend');
    this.configurationMended = true;
    return done('the retired option was removed from policy “old_audit”');
  }

  closeSsh(node: SpsNode): Outcome {
    this.judge.count(node.name, 'ssh_close');
    node.emergencySsh = false;
    return done('SSH is open on the management interface only');
  }

  reboot(node: SpsNode): Outcome {
    this.judge.count(node.name, 'reboot');
    this.pace.after(200, () => void node.host.reboot());
    return done('the node reboots');
  }

  /** Judges what a reboot or a power-off would lead to, before it happens. */
  goingDown(node: SpsNode, how: 'reboot' | 'off'): void {
    if (node === this.secondary) this.sync = 'out of sync';
    if (how === 'reboot' && node.next !== undefined) judgeUpgradeBoot(this, node);
  }

  /** What happens between power and login page. */
  async booting(node: SpsNode): Promise<{ ssh: boolean; web: boolean }> {
    if (node.next !== undefined) await this.#upgrade(node, node.next);
    await node.log(`boot: firmware version ${node.version ?? 'unknown'}`);
    if (node === this.secondary) this.#startSync(node);
    if (node.phase === 'failed') {
      void this.pace.until(() => !this.misbehaves('sps.revert_fails')).then(() => this.#mendBySupport(node));
      return { ssh: true, web: false };
    }
    if (node === this.primary && node.version !== STARTING_VERSION && this.misbehaves('sps.web_not_back')) {
      void this.pace.until(() => !this.misbehaves('sps.web_not_back')).then(() => node.host.openWeb());
      return { ssh: true, web: false };
    }
    return { ssh: true, web: true };
  }

  async #upgrade(node: SpsNode, firmware: Firmware): Promise<void> {
    node.phase = 'upgrading';
    node.progress = [];
    await node.host.openWeb();
    await node.tell(`upgrading to ${firmware.version}`);
    await this.pace.pause(1000);
    await node.host.remove('/var/core');
    await node.tell('core files removed; converting the data');
    await this.pace.pause(1000);
    node.next = undefined;
    const fails = node === this.primary;
    if (fails && this.misbehaves('sps.revert_fails')) {
      node.phase = 'failed';
      node.version = undefined;
      node.emergencySsh = true;
      await node.tell('error: the upgrade failed; the old state could not be restored');
      await node.tell('network interfaces have their configured addresses; SSH is open on every interface');
      return;
    }
    node.phase = 'running';
    if (fails && this.misbehaves('sps.auto_revert')) {
      await node.tell(`error: the upgrade failed; reverted to ${node.version ?? 'the old firmware'}`);
      return;
    }
    node.version = firmware.version;
    if (node === this.primary) this.slaveActive = this.secondary === undefined;
    await node.tell(`upgraded to ${firmware.version}`);
  }

  async #mendBySupport(node: SpsNode): Promise<void> {
    node.phase = 'running';
    node.version = node.firmwares().at(-1)?.version;
    this.slaveActive = this.secondary === undefined;
    await node.tell(`support has finished the upgrade to ${node.version ?? 'an unknown version'}`);
    await node.log(`boot: firmware version ${node.version ?? 'unknown'}`);
    await node.host.openWeb();
  }

  #stageOther(other: SpsNode, firmware: Firmware): void {
    this.pace.after(STAGE_OTHER_MS, () => {
      if (other.host.power === 'on') other.next = firmware;
    });
  }

  #startSync(secondary: SpsNode): void {
    this.sync = 'out of sync';
    void (async () => {
      await this.pace.until(
        () => this.primary.host.power === 'on' && secondary.host.power === 'on' && this.primary.version === secondary.version,
      );
      this.sync = 'syncing';
      await this.pace.pause(SYNC_MS);
      if (secondary.host.power === 'on') this.sync = 'in sync';
    })();
  }
}
