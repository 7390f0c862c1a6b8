// Prints like mocha's own `dot`, and appends the names of tests that are skipped to the file named by COVERAGE_SKIPPED.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

class CoverageReporter extends reporters.Dot {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env['COVERAGE_SKIPPED'];
    runner.on('pending', (test) => {
      if (file) appendFileSync(file, `${test.fullTitle()}\n`);
    });
  }
}

module.exports = CoverageReporter;
