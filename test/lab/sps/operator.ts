import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLab } from '../../../lab/index.js';
import type { Lab } from '../../../lab/index.js';
import { eventually } from '../../support/eventually.js';
import { LabClient, ssh } from '../core/sshClient.js';
import type { Ran } from '../core/sshClient.js';

const IMAGE = fileURLToPath(new URL('../../../examples/sps/firmware/sps-7.0.2.1-lts.iso', import.meta.url));
const FILE = '/firmware/sps-7.0.2.1-lts.iso';

/** Last numbers of the addresses of the main installation. */
export const NODES = { primary: '11', secondary: '12', minion1: '21', minion2: '22' } as const;

/** Does by SSH, web and IPMI what an operator does; knows nothing of the inside of the lab. */
export class Operator {
  private constructor(
    readonly lab: Lab,
    readonly subnet: string,
    readonly directory: string,
  ) {}

  static async start(subnet: string): Promise<Operator> {
    const directory = mkdtempSync(path.join(tmpdir(), 'lab-sps-'));
    return new Operator(await startLab({ directory, subnet, products: ['sps'], pace: 0.1 }), subnet, directory);
  }

  async stop(): Promise<void> {
    await this.lab.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  address(node: string): string {
    return `${this.subnet}.1.${node}`;
  }

  page(node: string, where: string): string {
    return `http://${this.address(node)}:8080${where}`;
  }

  on(node: string, command: string): Promise<Ran> {
    return ssh(this.address(node), this.lab.identity, command);
  }

  /** Posts a form of a page; gives the status and the text of the answer. */
  async click(node: string, where: string, fields: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const answer = await fetch(this.page(node, where), { method: 'POST', body: new URLSearchParams(fields) });
    return { status: answer.status, text: await answer.text() };
  }

  async upload(node: string): Promise<void> {
    const client = await LabClient.open(this.address(node), this.lab.identity);
    await client.upload(IMAGE, FILE);
    client.close();
  }

  /** Exports the configuration, uploads, reads the notes, tests and activates: each can be left out. */
  async stage(node: string, without: readonly ('export' | 'notes' | 'test')[] = []): Promise<Ran> {
    if (!without.includes('export')) await this.on(node, 'sps config export');
    await this.upload(node);
    if (!without.includes('notes')) await this.on(node, `sps firmware notes ${FILE}`);
    if (!without.includes('test')) await this.on(node, `sps firmware test ${FILE}`);
    return this.on(node, `sps firmware activate ${FILE}`);
  }

  async haStatus(node: string, line: string): Promise<void> {
    await eventually(async () => (await this.on(node, 'sps ha status')).stdout.includes(line), line);
  }

  async loginPage(node: string): Promise<void> {
    await eventually(async () => (await fetch(this.page(node, '/login'))).status === 200, `login page of ${node}`);
  }

  /** Reboots and waits for another boot id and the login page. */
  async reboot(node: string, waitForWeb = true): Promise<void> {
    const bootId = async (): Promise<string> => (await this.on(node, 'cat /proc/sys/kernel/random/boot_id')).stdout;
    const before = await bootId();
    await this.on(node, 'reboot');
    await eventually(async () => (await bootId()) !== before, `${node} has rebooted`);
    if (waitForWeb) await this.loginPage(node);
  }

  async shutDownOther(node: string = NODES.primary, other: string = NODES.secondary): Promise<void> {
    await this.on(node, 'sps ha shutdown-other');
    await eventually(
      async () =>
        await this.on(other, 'true').then(
          () => false,
          () => true,
        ),
      'the other node is down',
    );
  }

  ipmitool(node: string, command: readonly string[], password = 'lab-ipmi-password'): Promise<{ code: number; text: string }> {
    const args = ['-I', 'lanplus', '-H', this.address(String(100 + Number(node))), '-U', 'admin', '-E', ...command];
    const env = { PATH: `${this.lab.operatorBin}:${process.env['PATH'] ?? ''}`, IPMI_PASSWORD: password };
    return new Promise((resolve) => {
      execFile(path.join(this.lab.operatorBin, 'ipmitool'), args, { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr });
      });
    });
  }

  /** Violations without their time. */
  violations(): string[] {
    return this.lab.violations().map((line) => line.replace(/^\S+ /, ''));
  }
}
