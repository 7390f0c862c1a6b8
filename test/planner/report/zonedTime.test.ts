import assert from 'node:assert/strict';
import { wallTimeOf } from '../../../src/planner/report/zonedTime.js';

const HOUR = 3_600_000;

describe('what a clock shows', () => {
  // Clocks of these change by an hour, by half an hour, by less than a month apart, and never.
  for (const zone of ['Europe/Budapest', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu'])
    it(`in ${zone} is what the calendar says, all through a year`, () => {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      for (let instant = Date.UTC(2026, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 2.5 * HOUR) {
        const shown = new Date(wallTimeOf(instant, zone)).toISOString().slice(0, 19).replace('T', ' ');
        assert.equal(shown, format.format(instant), new Date(instant).toISOString());
      }
    });

  it('keeps the parts of a second', () => {
    assert.equal(wallTimeOf(Date.UTC(2026, 6, 1, 12, 0, 0, 123), 'Europe/Budapest'), Date.UTC(2026, 6, 1, 14, 0, 0, 123));
  });

  it('refuses a zone that is not known', () => {
    assert.throws(() => wallTimeOf(0, 'Europe/Budapst'), RangeError);
  });
});
