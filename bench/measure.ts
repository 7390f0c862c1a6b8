import { spawnSync } from 'node:child_process';

/** One thing that is timed. It gives its own time, in ms, so that its preparation does not count. */
export interface Case {
  readonly name: string;
  readonly once: () => Promise<number> | number;
}

export interface Measured {
  readonly name: string;
  readonly min: number;
  readonly median: number;
  /** At most so much in 95 of 100 rounds. */
  readonly p95: number;
  readonly max: number;
}

/** Times the cases in turn, round after round, so that a busy machine is busy for all of them. One round before counts for nothing. */
export async function interleaved(cases: readonly Case[], rounds: number): Promise<readonly Measured[]> {
  const times = cases.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { once }] of cases.entries()) {
      const time = await once();
      if (round > 0) times[index]?.push(time);
    }
  }
  return cases.map(({ name }, index) => summary(name, times[index] ?? []));
}

function summary(name: string, times: readonly number[]): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
  return { name, min: at(0), median: at(0.5), p95: at(0.95), max: at(1) };
}

/** Time of a whole process, in ms. Throws when it does not end with one of the expected codes. */
export function processTime(program: string, args: readonly string[], codes: readonly number[] = [0]): number {
  const started = performance.now();
  const ended = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const time = performance.now() - started;
  if (ended.status === null || !codes.includes(ended.status)) {
    throw new Error(`${program} ${args.join(' ')} ended with ${String(ended.status ?? ended.signal)}:\n${ended.stdout}${ended.stderr}`);
  }
  return time;
}

/** A table of times and of their ratios to each of the bases, as lines of text. */
export function table(title: string, unit: string, measured: readonly Measured[], bases: readonly string[]): string {
  const base = (name: string): number => measured.find((row) => row.name === name)?.median ?? Number.NaN;
  const rows = measured.map(({ name, min, median, max }) => [
    name,
    fixed(min),
    fixed(median),
    fixed(max),
    ...bases.map((other) => `${(median / base(other)).toFixed(2)}x`),
  ]);
  const all = [[title, 'min', 'median', 'max', ...bases.map((name) => `/ ${name}`)], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  return `${lines.join('\n')}\n(${unit})\n`;
}

function fixed(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
