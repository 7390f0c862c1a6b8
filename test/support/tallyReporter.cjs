// Prints like mocha's own `spec`, and appends the counts to the file named by TALLY_FILE, so that one line can sum up all suites.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

class TallyReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env['TALLY_FILE'];
      if (file) appendFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }) + '\n');
    });
  }
}

module.exports = TallyReporter;
