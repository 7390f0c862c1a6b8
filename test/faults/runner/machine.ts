import { cpus, release, totalmem, type } from 'node:os';

/** What a result was measured on. */
export interface Machine {
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** Name and release of the kernel. */
  readonly system: string;
}

export function thisMachine(): Machine {
  return {
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    system: `${type()} ${release()}`,
  };
}
