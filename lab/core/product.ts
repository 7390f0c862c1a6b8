import type { Host, HostOptions } from './host.js';
import type { Judge } from './judge.js';
import type { Pace } from './pace.js';
import type { ProgramHandler } from './calls.js';
import type { Switches } from './switches.js';
import type { Site } from './web/site.js';

export const PRODUCT_NAMES = ['sps', 'urbancode', 'secret_server', 'certificates'] as const;
export type ProductName = (typeof PRODUCT_NAMES)[number];

/** What the lab gives to a product to build itself from. */
export interface Workshop {
  /** First two numbers of every address, `127.42` unless a test asked for others. */
  readonly subnet: string;
  readonly pace: Pace;
  readonly switches: Switches;
  readonly judge: Judge;
  /** Makes a host, powered off. `suffix` is the rest of its address, `1.11` say. */
  host(name: string, suffix: string, options?: HostOptions): Promise<Host>;
  /** Opens a web site that belongs to no host and is always there. Resolves with its address, `http://…:PORT`. */
  site(suffix: string, port: number, site: Site): Promise<string>;
  /** Puts a program into `operator-bin`, for the machine of the operator. */
  operatorProgram(name: string, handler: ProgramHandler): Promise<void>;
}

/** One simulated product in its starting state, all its hosts powered on. */
export interface Product {
  readonly name: ProductName;
  /** A picture of its state, as JSON. */
  state(): unknown;
  /**
   * What is still wrong with the end state, as sentences; empty when the upgrade is complete and healthy.
   * `site` picks one of several installations of the product; without it, the main one.
   */
  done(site?: string): string[];
}

export type ProductFactory = (workshop: Workshop) => Promise<Product>;
