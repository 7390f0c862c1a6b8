import type { Owner } from '../../events/index.js';
import { readJournal } from './reader.js';
import type { JournalCondition } from './reader.js';
import { replay } from './runSummary.js';

/** What a look at the whole chain of one journal gave. Versioned by the command that prints it. */
export interface JournalVerdict {
  readonly file: string;
  /** Name of the run, where its first record could be read. */
  readonly run?: string;
  /** `misfit`: every record is as it was written, but they do not fit one another. */
  readonly condition: JournalCondition | 'misfit';
  /** One sentence for people. */
  readonly text: string;
  /** Records that are as they were written, counted from the beginning. */
  readonly records: number;
  /** Length in bytes of what is sound, with the first line; a torn or damaged journal goes on there with something else. */
  readonly soundBytes: number;
  /** Hash at the end of the chain: it stands for every byte before it. Empty where there is no chain. */
  readonly head: string;
  /** Number of the record with the hash that was asked for; 0 for the first line, absent where the chain does not hold it. */
  readonly asked?: number;
  /** The process that is writing it now. */
  readonly holder?: Owner;
}

/** Checks a journal from its first byte to its last. Never throws. `asked`: a hash the chain should hold, from an earlier report. */
export function verifyJournal(file: string, holder?: Owner, asked?: string): JournalVerdict {
  const hashes: string[] = [];
  const content = readJournal(file, (hash) => hashes.push(hash));
  const { state, problem: misfit } = replay(content.events);
  const order = misfit ?? epochTrouble(content.events);
  const at = asked === undefined ? -1 : hashes.indexOf(asked.toLowerCase());
  const condition = content.condition === 'sound' && order !== undefined ? 'misfit' : content.condition;
  return {
    file,
    ...(state === undefined ? {} : { run: state.run }),
    condition,
    text: wording(condition, content, content.problem ?? order ?? '', holder !== undefined),
    records: content.events.length,
    soundBytes: content.validBytes,
    head: content.hash,
    ...(at < 0 ? {} : { asked: at + 1 }),
    ...(holder === undefined ? {} : { holder }),
  };
}

function wording(
  condition: JournalVerdict['condition'],
  content: ReturnType<typeof readJournal>,
  trouble: string,
  written: boolean,
): string {
  const count = `${String(content.events.length)} records`;
  switch (condition) {
    case 'sound':
      return `Sound: ${count}, ${String(content.validBytes)} bytes.`;
    case 'torn': {
      const why = written ? 'a record is being written at this moment' : 'the record after it was cut off and was never acknowledged';
      return `Torn at byte ${String(content.validBytes)}: ${count} are sound, ${why}.`;
    }
    case 'damaged':
      return `Damaged at record ${String(content.events.length + 1)}, byte ${String(content.validBytes)}: ${trouble}`;
    case 'misfit':
      return `Every record is as it was written, but they do not fit one another: ${trouble}`;
    case 'newer':
    case 'unreadable':
      return trouble;
  }
}

/** Each opening has a higher epoch than the one before: a record of a holder that was followed has no place after that. */
function epochTrouble(events: ReturnType<typeof readJournal>['events']): string | undefined {
  let last = 0;
  for (const event of events) {
    if (event.type !== 'run_opened') continue;
    if (event.epoch <= last) return `record ${String(event.seq)} was written by a holder that had been followed by another.`;
    last = event.epoch;
  }
  return undefined;
}
