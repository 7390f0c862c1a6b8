import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli } from '../../journeys/support/cli.js';
import type { CliProcess } from '../../journeys/support/cli.js';
import type { Shape } from './shapes.js';

type Environment = Readonly<Record<string, string>>;
type OnUnknown = 'stop' | 'rerun' | 'succeeded';

/** A place of its own for runs of one {@link Shape}: runbook, inventory, state directory, and the counter file that is the judge. */
export class LocalBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'fault-'));
  /** Holds the state directory and nothing else. */
  readonly disk = join(this.directory, 'disk');
  readonly stateDirectory = join(this.disk, 'state');
  /** Outside of the disk that fails: what was done stays done. */
  readonly counter = join(this.directory, 'counter');
  readonly #hasEvidence: boolean;

  /** `host`: what the inventory says of each host; without it they are this machine. */
  constructor(
    readonly shape: Shape,
    host = 'connection: local',
    readonly options: readonly string[] = [],
  ) {
    mkdirSync(this.disk);
    const hosts = shape.hosts.map((name) => `  ${name}: { ${host}, platform: linux }\n`).join('');
    this.#write('here.inventory.yaml', `inventory: v1\nenvironment: here\nhosts:\n${hosts}roles:\n  app: [${shape.hosts.join(', ')}]\n`);
    this.#write('shape.runbook.yaml', `${HEAD}${shape.body}`);
    this.#hasEvidence = shape.evidence !== undefined;
    if (shape.evidence !== undefined) this.#write('evidence.yaml', shape.evidence);
  }

  /** `through`: a command that carries the runner out in surroundings of its own. */
  start(env: Environment = {}, through: readonly string[] = []): CliProcess {
    const words = ['run', 'shape.runbook.yaml', '--inventory', 'here.inventory.yaml', '--set', `counter=${this.counter}`];
    return this.#cli(words, env, through);
  }

  resume(run: string, onUnknown: OnUnknown, env: Environment = {}, through: readonly string[] = []): CliProcess {
    return this.#cli(['resume', run, '--on-unknown', onUnknown], env, through);
  }

  /** What was done, in its order: a step and its host for each time. */
  acts(): readonly string[] {
    if (!existsSync(this.counter)) return [];
    return readFileSync(this.counter, 'utf8').split('\n').filter(Boolean);
  }

  /** Forgets every run and every act. */
  reset(): void {
    rmSync(this.stateDirectory, { recursive: true, force: true, maxRetries: 10 });
    rmSync(this.counter, { force: true });
  }

  /** A new empty directory beside the others. */
  makeDirectory(name: string): string {
    const path = join(this.directory, name);
    rmSync(path, { recursive: true, force: true, maxRetries: 10 });
    mkdirSync(path);
    return path;
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  #cli(words: readonly string[], env: Environment, through: readonly string[]): CliProcess {
    const evidence = this.#hasEvidence ? ['--evidence', 'evidence.yaml'] : [];
    const common = ['--yes', '--headless', '--no-ssh-config', '--state-dir', this.stateDirectory, ...evidence, ...this.options];
    return startCli([...words, ...common], { cwd: this.directory, env: { ...env, RUNBOOK_OPERATOR: 'pat' }, through });
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }
}

const HEAD = 'runbook: v1\nid: shape\ntitle: Shape\ninputs: { counter: { type: string } }\nroles: { app: { hosts: 1.. } }\n';
