import assert from 'node:assert/strict';
import { windowsAfter, windowState } from '../../../src/planner/index.js';
import type { Calendar, PlanPeriod } from '../../../src/planner/index.js';

const BUDAPEST = 'Europe/Budapest';
const HOUR = 3_600_000;

function at(text: string): number {
  return Date.parse(text);
}

function calendar(windows: readonly PlanPeriod[], blackouts: readonly PlanPeriod[] = []): Calendar {
  return { windows, blackouts };
}

function spans(from: string, windows: readonly PlanPeriod[], blackouts: readonly PlanPeriod[] = [], wanted = 2): readonly string[] {
  return windowsAfter(at(from), calendar(windows, blackouts))
    .slice(0, wanted)
    .map((span) => `${new Date(span.from).toISOString().slice(0, 16)} – ${new Date(span.to).toISOString().slice(0, 16)}`);
}

function weekly(days: readonly string[], from: string, to: string, zone?: string): PlanPeriod {
  return { days, from, to, ...(zone === undefined ? {} : { zone }) };
}

describe('windowsAfter', () => {
  it('follows weekly windows by the clocks of their zone, in winter and in summer', () => {
    assert.deepEqual(spans('2026-11-23T00:00Z', [weekly(['sat'], '20:00', '23:00', BUDAPEST)]), [
      '2026-11-28T19:00 – 2026-11-28T22:00',
      '2026-12-05T19:00 – 2026-12-05T22:00',
    ]);
    assert.deepEqual(spans('2026-07-01T00:00Z', [weekly(['sat'], '20:00', '23:00', BUDAPEST)], [], 1), [
      '2026-07-04T18:00 – 2026-07-04T21:00',
    ]);
  });

  it('takes UTC where no zone is given', () => {
    assert.deepEqual(spans('2026-07-01T00:00Z', [weekly(['thu'], '20:00', '23:00')], [], 1), ['2026-07-02T20:00 – 2026-07-02T23:00']);
  });

  it('leads over midnight, and finds the one that began yesterday', () => {
    const night = [weekly(['sat'], '22:00', '04:00', BUDAPEST)];
    assert.deepEqual(spans('2026-11-29T01:00Z', night), ['2026-11-28T21:00 – 2026-11-29T03:00', '2026-12-05T21:00 – 2026-12-06T03:00']);
    assert.deepEqual(spans('2026-11-29T03:00Z', night, [], 1), ['2026-12-05T21:00 – 2026-12-06T03:00']);
  });

  it('is an hour shorter over the night the clocks go forward, an hour longer over the one they go back', () => {
    const night = [weekly(['sat'], '22:00', '06:00', BUDAPEST)];
    assert.deepEqual(spans('2026-03-28T00:00Z', night, [], 1), ['2026-03-28T21:00 – 2026-03-29T04:00']);
    assert.deepEqual(spans('2026-10-24T00:00Z', night, [], 1), ['2026-10-24T20:00 – 2026-10-25T05:00']);
  });

  it('begins when the clocks jump, where its begin is left out in March', () => {
    assert.deepEqual(spans('2026-03-29T00:00Z', [weekly(['sun'], '02:30', '05:00', BUDAPEST)], [], 1), [
      '2026-03-29T01:00 – 2026-03-29T03:00',
    ]);
    assert.deepEqual(spans('2026-03-29T00:00Z', [weekly(['sun'], '02:00', '03:00', BUDAPEST)], [], 1), [
      '2026-04-05T00:00 – 2026-04-05T01:00',
    ]);
  });

  it('takes the shorter reading of an hour that comes twice in October for a window, the longer for a blackout', () => {
    assert.deepEqual(spans('2026-10-24T12:00Z', [weekly(['sun'], '02:00', '03:00', BUDAPEST)], [], 1), [
      '2026-10-25T01:00 – 2026-10-25T02:00',
    ]);
    assert.deepEqual(
      spans('2026-10-24T12:00Z', [weekly(['sun'], '00:00', '06:00', BUDAPEST)], [weekly(['sun'], '02:00', '02:30', BUDAPEST)]),
      ['2026-10-24T22:00 – 2026-10-25T00:00', '2026-10-25T01:30 – 2026-10-25T05:00'],
    );
  });

  it('joins windows that touch and cuts blackouts out', () => {
    const windows = [weekly(['sat'], '22:00', '24:00'), weekly(['sun'], '00:00', '06:00')];
    assert.deepEqual(spans('2026-11-27T00:00Z', windows, [], 1), ['2026-11-28T22:00 – 2026-11-29T06:00']);
    const freeze = { from: '2026-11-29T01:00+01:00', to: '2026-11-29T02:00+01:00' };
    assert.deepEqual(spans('2026-11-27T00:00Z', windows, [freeze]), [
      '2026-11-28T22:00 – 2026-11-29T00:00',
      '2026-11-29T01:00 – 2026-11-29T06:00',
    ]);
  });

  it('finds a window once, with its offset, however far ahead', () => {
    assert.deepEqual(spans('2026-01-01T00:00Z', [{ from: '2028-11-28T22:00+01:00', to: '2028-11-29T04:00+01:00' }]), [
      '2028-11-28T21:00 – 2028-11-29T03:00',
    ]);
    assert.deepEqual(spans('2029-01-01T00:00Z', [{ from: '2028-11-28T22:00+01:00', to: '2028-11-29T04:00+01:00' }]), []);
  });

  it('looks past a freeze of months', () => {
    const freeze = { from: '2026-01-01T00:00Z', to: '2026-06-30T00:00Z' };
    assert.deepEqual(spans('2026-01-05T00:00Z', [weekly(['wed'], '01:00', '02:00')], [freeze], 1), ['2026-07-01T01:00 – 2026-07-01T02:00']);
  });
});

describe('a period that cannot be read', () => {
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  it('is never taken for none', () => {
    for (const period of [
      weekly(everyDay, '00:00', '23:59', 'Europe/Budapst'),
      weekly(everyDay, '00:00', '25:00'),
      { from: '2026-02-30T00:00Z', to: '2026-03-10T00:00Z' },
    ]) {
      assert.throws(
        () => windowState(calendar([], [period]), at('2026-03-05T00:00Z'), 0),
        /internal error: the blackout from .* cannot be read/,
      );
      assert.throws(() => windowState(calendar([period]), at('2026-03-05T00:00Z'), 0), /internal error: the window from .* cannot be read/);
    }
  });
});

describe('windowState', () => {
  const saturday = weekly(['sat'], '22:00', '02:00');

  it('is open at any time without windows', () => {
    assert.deepEqual(windowState(calendar([]), at('2026-11-28T12:00Z'), HOUR), {
      open: true,
      fits: true,
      because: 'no windows are declared, so work may be done at any time',
    });
  });

  it('begins with its first instant and ends before its last', () => {
    assert.equal(windowState(calendar([saturday]), at('2026-11-28T22:00Z'), 0).open, true);
    assert.equal(windowState(calendar([saturday]), at('2026-11-29T02:00Z'), 0).open, false);
  });

  it('says when it closes, and whether the work fits', () => {
    const state = windowState(calendar([saturday]), at('2026-11-28T23:00Z'), 3 * HOUR);
    assert.deepEqual(state, {
      open: true,
      until: at('2026-11-29T02:00Z'),
      fits: true,
      because: 'the window is open until Sun 29 Nov 2026, 02:00 UTC',
    });
    const late = windowState(calendar([saturday]), at('2026-11-28T23:00Z'), 3 * HOUR + 1);
    assert.equal(late.fits, false);
    assert.equal(late.opensAt, at('2026-12-05T22:00Z'));
    assert.match(late.because, /closes at Sun 29 Nov 2026, 02:00 UTC.*takes about 3 h 00 min.*opens at Sat 5 Dec 2026, 22:00 UTC/);
  });

  it('names the next window that is long enough, not a shorter one before it', () => {
    const state = windowState(calendar([weekly(['mon'], '01:00', '02:00'), saturday]), at('2026-11-23T12:00Z'), 3 * HOUR);
    assert.equal(state.opensAt, at('2026-11-28T22:00Z'));
    assert.equal(windowState(calendar([saturday]), at('2026-11-23T12:00Z'), 5 * HOUR).opensAt, undefined);
  });

  it('is closed in a blackout, without windows too, and says why', () => {
    const freeze = { title: 'End of the year', from: '2026-12-20T00:00Z', to: '2027-01-04T00:00Z', because: 'nobody is here' };
    const state = windowState(calendar([], [freeze]), at('2026-12-24T18:00Z'), HOUR);
    assert.equal(state.open, false);
    assert.equal(state.opensAt, at('2027-01-04T00:00Z'));
    assert.match(state.because, /nothing may be done until Mon 4 Jan 2027, 00:00 UTC \(End of the year: nobody is here\)/);
    assert.equal(windowState(calendar([], [freeze]), at('2026-12-19T23:30Z'), HOUR).fits, false);
  });

  it('is open for ever where windows leave no gap', () => {
    const all = [weekly(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '00:00', '24:00')];
    const state = windowState(calendar(all), at('2026-11-23T12:00Z'), 1000 * HOUR);
    assert.deepEqual([state.open, state.until, state.fits], [true, undefined, true]);
  });

  it('finds a long single window behind many short weekly ones', () => {
    const windows = [weekly(['mon', 'tue', 'wed', 'thu', 'fri'], '01:00', '02:00'), { from: '2026-12-19T08:00Z', to: '2026-12-20T20:00Z' }];
    assert.equal(windowState(calendar(windows), at('2026-11-23T12:00Z'), 8 * HOUR).opensAt, at('2026-12-19T08:00Z'));
  });

  it('opens again after a blackout where windows leave no gap, and then for ever', () => {
    const all = [weekly(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '00:00', '24:00', BUDAPEST)];
    const freeze = { from: '2026-12-20T00:00Z', to: '2027-01-04T00:00Z' };
    const state = windowState(calendar(all, [freeze]), at('2026-12-24T18:00Z'), 1000 * HOUR);
    assert.deepEqual([state.open, state.opensAt], [false, at('2027-01-04T00:00Z')]);
    const after = windowState(calendar(all, [freeze]), at('2027-01-04T00:00Z'), 1000 * HOUR);
    assert.deepEqual([after.open, after.until, after.fits], [true, undefined, true]);
  });

  it('knows the end of the last window it looks at', () => {
    const until = at('2026-11-23T12:00Z') + 400 * 24 * HOUR;
    const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(until).getUTCDay()] ?? '';
    const last = windowsAfter(at('2026-11-23T12:00Z'), calendar([weekly([day], '06:00', '20:00')])).at(-1);
    assert.equal((last?.to ?? 0) - (last?.from ?? 0), 14 * HOUR);
  });
});
