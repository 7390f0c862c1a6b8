// Prints like mocha's own `spec`, and appends the counts to the file named by TALLY_FILE, so that one line can sum up all suites.
const { appendFileSync, writeSync } = require('node:fs');
const { reporters } = require('mocha');

/** How long after its last test a process may take to end by itself, in ms. */
const GRACE_MS = 30_000;

class TallyReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {string[]} */
    const broken = [];
    runner.on('fail', (test, error) => {
      broken.push(`${test.fullTitle()}: ${String(error?.message ?? error)}`);
    });
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env['TALLY_FILE'];
      if (file) appendFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, broken }) + '\n');
      endInTime();
    });
  }
}

/** A test that leaves something open must fail the suite, not hold it up: what it waits for may never come. */
function endInTime() {
  setTimeout(() => {
    writeSync(2, `\nThe tests have ended, but their process is kept alive by: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit(1);
  }, GRACE_MS).unref();
}

module.exports = TallyReporter;
