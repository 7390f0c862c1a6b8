import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ENVIRONMENT, startLab } from '../../../lab/index.js';
import type { FrontDoorKind, Lab, ProductName } from '../../../lab/index.js';
import { ROOT, startCli } from './cli.js';
import type { CliProcess, CliResult } from './cli.js';

/** One of the shipped examples on one of its lab inventories. */
export interface Journey {
  readonly product: ProductName;
  /** Which installation of the lab the inventory is about. */
  readonly site: string;
  /** Folder under `examples`. */
  readonly folder: string;
  readonly runbook: string;
  readonly inventory: string;
  readonly evidence: string;
}

/** Every example on every inventory of the lab. */
export const JOURNEYS: readonly Journey[] = [
  sps('lab_single', 'single'),
  sps('lab_pair', 'pair'),
  sps('lab_pair_minions', 'pair_with_minions'),
];

function sps(inventory: string, site: string): Journey {
  return {
    product: 'sps',
    site,
    folder: 'sps',
    runbook: 'sps.runbook.yaml',
    inventory: `${inventory}.inventory.yaml`,
    evidence: 'evidence.yaml',
  };
}

/** The journey of this example on this inventory (file name without its ending). */
export function journeyOf(folder: string, inventory: string): Journey {
  const found = JOURNEYS.find((journey) => journey.folder === folder && journey.inventory === `${inventory}.inventory.yaml`);
  if (found === undefined) throw new Error(`no example ${folder} on ${inventory}`);
  return found;
}

/** What the management controllers of the lab ask for. */

/** A lab on a subnet of its own, with a copy of an example that is bound to it. */
export class Bench {
  private constructor(
    readonly journey: Journey,
    readonly lab: Lab,
    readonly directory: string,
    readonly example: string,
  ) {}

  /** Starts a lab; several can run at once on different subnets, `127.50` say. */
  static async open(journey: Journey, subnet: string, frontDoor: FrontDoorKind = 'ssh2'): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'journey-'));
    const example = join(directory, 'example');
    await cp(join(ROOT, 'examples', journey.folder), example, { recursive: true });
    for (const name of await readdir(example)) {
      if (!name.endsWith('.yaml')) continue;
      const file = join(example, name);
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('127.42.', `${subnet}.`));
    }
    const lab = await startLab({ directory: join(directory, 'lab'), subnet, products: [journey.product], frontDoor, pace: 0.1 });
    return new Bench(journey, lab, directory, example);
  }

  async close(): Promise<void> {
    await this.lab.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  get env(): Record<string, string> {
    return { ...ENVIRONMENT, PATH: `${this.lab.operatorBin}${delimiter}${process.env['PATH'] ?? ''}` };
  }

  get stateDirectory(): string {
    return join(this.directory, 'state');
  }

  /** Runs the example headless to its end. */
  run(more: readonly string[] = [], runbook = this.journey.runbook): Promise<CliResult> {
    return this.start(more, runbook).done;
  }

  start(more: readonly string[] = [], runbook = this.journey.runbook): CliProcess {
    return startCli(['run', runbook, '--inventory', this.journey.inventory, '--yes', ...this.#common, ...more], {
      cwd: this.example,
      env: this.env,
    });
  }

  resume(run: string, more: readonly string[] = []): Promise<CliResult> {
    return this.startResume(run, more).done;
  }

  startResume(run: string, more: readonly string[] = []): CliProcess {
    return startCli(['resume', run, '--yes', ...this.#common, ...more], { cwd: this.example, env: this.env });
  }

  get #common(): readonly string[] {
    return [
      '--headless',
      '--evidence',
      this.journey.evidence,
      '--known-hosts',
      this.lab.knownHosts,
      '--identity',
      this.lab.identity,
      '--no-ssh-config',
      '--state-dir',
      this.stateDirectory,
    ];
  }

  /** What is wrong with the lab after a run: violations of the procedure, and what is not done. */
  verdict(): readonly string[] {
    return [...this.lab.violations(), ...this.lab.done(`${this.journey.product}/${this.journey.site}`)];
  }
}

/** Id of the run a command line printed first. */
export function runId(result: { readonly out: string }): string {
  const found = /^Run (\S+)/m.exec(result.out);
  if (found?.[1] === undefined) throw new Error(`no run was begun:\n${result.out}`);
  return found[1];
}
