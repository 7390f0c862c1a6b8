import { parseArgs } from 'node:util';
import type { Profile } from '../row.js';

/** What the command line of the fault laboratory asks for. */
export interface Options {
  readonly profile: Profile;
  /** Ids of the rows that are tried; empty means all. */
  readonly rows: readonly string[];
  /** The one case that is played again; its result is not kept. */
  readonly only?: number;
  /** What everything random comes from. Undefined: the same for every `pr`, a new one for every `nightly`. */
  readonly seed?: number;
  /** Goes on where the kept results end. */
  readonly resume: boolean;
  /** No case is begun after so many milliseconds. */
  readonly budgetMs?: number;
  /** So many rows are tried at the same time, each in a process of its own. 1 by default. */
  readonly sideBySide: number;
  /** Tries nothing, and writes the kept results into the page of reliability. */
  readonly write: boolean;
}

export const USAGE = `npm run faults -- --profile pr|nightly [--row ID …] [--case N] [--seed N] [--resume] [--budget MINUTES] [--side-by-side N]
npm run faults -- --profile pr|nightly --write
`;

/** A command line that makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads a command line. Throws a {@link UsageError}. */
export function parseOptions(words: readonly string[], known: readonly string[]): Options {
  const values = given(words);
  const { profile = 'pr', row = [], resume = false, write = false } = values;
  if (profile !== 'pr' && profile !== 'nightly') throw new UsageError(`--profile takes pr or nightly, not "${profile}".`);
  const unknown = row.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`There is no row "${unknown}"; there are ${known.join(', ')}.`);
  const only = count('case', values.case);
  if (only !== undefined && row.length !== 1) throw new UsageError('--case needs the one --row it belongs to.');
  const seed = count('seed', values.seed);
  const minutes = count('budget', values.budget);
  return {
    profile,
    rows: row,
    resume,
    write,
    sideBySide: count('side-by-side', values['side-by-side']) ?? 1,
    ...(only === undefined ? {} : { only }),
    ...(seed === undefined ? {} : { seed }),
    ...(minutes === undefined ? {} : { budgetMs: minutes * 60_000 }),
  };
}

function given(words: readonly string[]): {
  profile?: string;
  row?: string[];
  case?: string;
  seed?: string;
  budget?: string;
  'side-by-side'?: string;
  resume?: boolean;
  write?: boolean;
} {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: {
        profile: text,
        row: { ...text, multiple: true },
        case: text,
        seed: text,
        budget: text,
        'side-by-side': text,
        resume: flag,
        write: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,15}$/.test(text)) throw new UsageError(`--${option} takes a whole number, not "${text}".`);
  return Number(text);
}
