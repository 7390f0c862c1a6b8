import { existsSync } from 'node:fs';
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
  /** One after the other, they make the whole procedure. */
  readonly runbooks: readonly [string, ...string[]];
  readonly inventory: string;
  /** Files that those use. */
  readonly parts?: readonly string[];
  /** What no host tells, for the command line: `--fact` by `--fact`. */
  readonly facts?: readonly string[];
  /** Files that a run brings to the machine of the operator. The lab cannot see them. */
  readonly kept: readonly string[];
}

/** Every example on every inventory of the lab. */
export const JOURNEYS: readonly Journey[] = [
  sps('lab_single', 'single', ['sps_single']),
  sps('lab_pair', 'pair', ['pair_primary']),
  sps('lab_pair_minions', 'pair_with_minions', ['sps_primary', 'minion_1', 'minion_2']),
  urbancode('lab_two', 'two'),
  urbancode('lab_three', 'three'),
  secretServer('lab', 'cluster'),
  secretServer('lab_old', 'old'),
  {
    product: 'certificates',
    site: 'shop',
    folder: 'certificate-rotation',
    runbooks: ['rotation.runbook.yaml'],
    inventory: 'lab.inventory.yaml',
    kept: [],
  },
];

function sps(inventory: string, site: string, exporting: readonly string[]): Journey {
  return {
    product: 'sps',
    site,
    folder: 'sps',
    runbooks: ['sps.runbook.yaml'],
    inventory: `${inventory}.inventory.yaml`,
    kept: exporting.map((node) => `${node}-configuration.txt`),
  };
}

function urbancode(inventory: string, site: string): Journey {
  return {
    product: 'urbancode',
    site,
    folder: 'urbancode-ha',
    runbooks: ['urbancode.runbook.yaml'],
    inventory: `${inventory}.inventory.yaml`,
    kept: [],
  };
}

function secretServer(inventory: string, site: string): Journey {
  return {
    product: 'secret_server',
    site,
    folder: 'secret-server',
    runbooks: ['secret_server.runbook.yaml', 'clustering.runbook.yaml'],
    inventory: `${inventory}.inventory.yaml`,
    parts: ['setup.runbook.yaml', 'to_10_9.runbook.yaml'],
    facts: ['advisories.windows_engine=true'],
    kept: [],
  };
}

/** The journey of this example on this inventory (file name without its ending). */
export function journeyOf(folder: string, inventory: string): Journey {
  const found = JOURNEYS.find((journey) => journey.folder === folder && journey.inventory === `${inventory}.inventory.yaml`);
  if (found === undefined) throw new Error(`no example ${folder} on ${inventory}`);
  return found;
}

/** A lab on a subnet of its own, with a copy of an example that is bound to it. */
export class Bench {
  /** File with the host keys the command line is told to trust. */
  knownHosts: string;

  private constructor(
    readonly journey: Journey,
    readonly lab: Lab,
    readonly directory: string,
    readonly example: string,
  ) {
    this.knownHosts = lab.knownHosts;
  }

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
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  get env(): Record<string, string> {
    return { ...ENVIRONMENT, PATH: `${this.lab.operatorBin}${delimiter}${process.env['PATH'] ?? ''}` };
  }

  get stateDirectory(): string {
    return join(this.directory, 'state');
  }

  /** File with the answers for the gates of the example; undefined when it has none. */
  get evidence(): string | undefined {
    const file = join(this.example, 'evidence.yaml');
    return existsSync(file) ? file : undefined;
  }

  /** Text of a runbook of the example. */
  text(runbook: string): Promise<string> {
    return readFile(join(this.example, runbook), 'utf8');
  }

  /** Writes a runbook beside the others; returns its name. */
  async write(runbook: string, text: string): Promise<string> {
    await writeFile(join(this.example, runbook), text);
    return runbook;
  }

  /** Runs the whole example headless: its runbooks one after the other, as long as they succeed. */
  async runAll(runbooks: readonly string[] = this.journey.runbooks): Promise<CliResult> {
    let result: CliResult | undefined;
    for (const runbook of runbooks) {
      result = await this.start(runbook).done;
      if (result.code !== 0) break;
    }
    if (result === undefined) throw new Error('a journey has at least one runbook');
    return result;
  }

  start(runbook: string = this.journey.runbooks[0], more: readonly string[] = []): CliProcess {
    const isFirst = runbook === this.journey.runbooks[0] || !this.journey.runbooks.includes(runbook);
    const facts = isFirst ? (this.journey.facts ?? []) : [];
    return this.#cli(['run', runbook, '--inventory', this.journey.inventory, ...facts.flatMap((fact) => ['--fact', fact]), ...more]);
  }

  resume(run: string, more: readonly string[] = []): CliProcess {
    return this.#cli(['resume', run, ...more]);
  }

  #cli(words: readonly string[]): CliProcess {
    const common = [
      ...['--yes', '--headless', '--no-ssh-config'],
      ...['--known-hosts', this.knownHosts, '--identity', this.lab.identity, '--state-dir', this.stateDirectory],
      ...(this.evidence === undefined ? [] : ['--evidence', this.evidence]),
    ];
    return startCli([...words, ...common], { cwd: this.example, env: this.env });
  }

  /** What is wrong after a run: violations of the procedure, what is not done on the hosts, and what the run did not keep. */
  verdict(run: string): readonly string[] {
    const downloads = join(this.stateDirectory, 'runs', run, 'downloads');
    return [
      ...this.lab.violations(),
      ...this.lab.done(`${this.journey.product}/${this.journey.site}`),
      ...this.journey.kept.filter((file) => !existsSync(join(downloads, file))).map((file) => `${file} was not kept with the run`),
    ];
  }
}

/** Id of the run a command line printed first. */
export function runId(result: { readonly out: string }): string {
  const found = /^Run (\S+)/m.exec(result.out);
  if (found?.[1] === undefined) throw new Error(`no run was begun:\n${result.out}`);
  return found[1];
}
