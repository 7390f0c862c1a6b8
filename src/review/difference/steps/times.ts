import { beforeAfter, short } from '../words.js';
import type { Data } from '../meaning.js';
import type { PartPair } from './partPair.js';

/** How long a step may take, how often it is tried, and how long a prerequisite counts. */
export function compareTimes(pair: PartPair): void {
  compareTimeout(pair);
  compareRetry(pair);
  if (pair.differs('every')) pair.tell('pace-changed', `${pair.label} looks again every ${written(pair, 'every')}`, 'every');
  compareValidity(pair);
  if (pair.differs('lead_time'))
    pair.tell('lead-time-changed', `${pair.label} takes ${written(pair, 'lead_time')} until it is done`, 'lead_time');
}

/** Both values as they stand in the text: 90m is not turned into milliseconds. */
function written({ old, now }: PartPair, key: string): string {
  return beforeAfter((old.data as Data)[key], (now.data as Data)[key]);
}

function compareTimeout(pair: PartPair): void {
  if (!pair.differs('timeout')) return;
  const [before, after] = [pair.before('timeout'), pair.after('timeout')];
  if (after === undefined)
    pair.tell('timeout-removed', `${pair.label} has no timeout any more; before: ${short((pair.old.data as Data)['timeout'])}`, 'timeout');
  else if (before === undefined)
    pair.tell('safeguard-added', `${pair.label} now has a timeout: ${short((pair.now.data as Data)['timeout'])}`, 'timeout');
  else
    pair.tell(
      Number(after) > Number(before) ? 'timeout-raised' : 'timeout-lowered',
      `timeout of ${pair.label}: ${written(pair, 'timeout')}`,
      'timeout',
    );
}

function compareRetry(pair: PartPair): void {
  if (!pair.differs('retry')) return;
  const [before, after] = [(pair.before('retry') ?? {}) as Data, (pair.after('retry') ?? {}) as Data];
  if (before['safe'] !== after['safe']) {
    if (after['safe'] === true)
      pair.tell('repetition-allowed', `${pair.label} may now be repeated even when nobody knows whether it ran`, 'retry');
    else pair.tell('safeguard-added', `${pair.label} is no longer repeated when nobody knows whether it ran`, 'retry');
  }
  const [was, is] = [Number(before['times'] ?? 0), Number(after['times'] ?? 0)];
  if (is > was) pair.tell('retries-raised', `${pair.label} is tried again up to ${beforeAfter(was, is)} times by itself`, 'retry');
  else if (is < was) pair.tell('pace-changed', `${pair.label} is tried again up to ${beforeAfter(was, is)} times by itself`, 'retry');
  else if (before['every'] !== after['every']) pair.tell('pace-changed', `${pair.label} is tried again in other intervals`, 'retry');
}

function compareValidity(pair: PartPair): void {
  if (!pair.differs('valid_for')) return;
  const [before, after] = [pair.before('valid_for'), pair.after('valid_for')];
  if (after === undefined || (before !== undefined && Number(after) > Number(before)))
    pair.tell('validity-raised', `${pair.label} counts for longer once it is done: ${written(pair, 'valid_for')}`, 'valid_for');
  else pair.tell('safeguard-added', `${pair.label} counts for a shorter time once it is done: ${written(pair, 'valid_for')}`, 'valid_for');
}
