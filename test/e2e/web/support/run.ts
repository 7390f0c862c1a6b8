import type { Runner, Test } from 'mocha';

/** Mocha as it is made for browsers, which the bundler puts before this. */
declare const mocha: {
  setup(options: { ui: 'bdd'; timeout: number; reporter: new (runner: Runner) => unknown }): void;
  run(done: (failures: number) => void): Runner;
};

/** Begins the line with the counts; `test/host/runWeb.mjs` knows it. */
const COUNTS = 'counts of the suites in the browser: ';

/** Prints like mocha's own `spec`, by the console alone. */
class Printed {
  constructor(runner: Runner) {
    const broken: string[] = [];
    let passed = 0;
    let skipped = 0;
    runner.on('suite', (suite) => console.log(`${'  '.repeat(suite.titlePath().length)}${suite.title}`));
    runner.on('pass', (test: Test) => {
      passed++;
      console.log(`${'  '.repeat(test.titlePath().length)}✔ ${test.title}`);
    });
    runner.on('pending', () => skipped++);
    runner.on('fail', (test: Test, error: unknown) => {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
      broken.push(`${test.fullTitle()}: ${message}`);
      console.log(`${'  '.repeat(test.titlePath().length)}${String(broken.length)}) ${test.title}\n${stack ?? message}`);
    });
    runner.once('end', () => console.log(COUNTS + JSON.stringify({ passed, failed: broken.length, skipped, broken })));
  }
}

/** Runs the suites that `load` brings, once mocha's words are there for them. Rejects when a test failed or when there was none. */
export async function runSuites(load: () => void): Promise<void> {
  mocha.setup({ ui: 'bdd', timeout: 60_000, reporter: Printed });
  load();
  const { failed, total } = await new Promise<{ failed: number; total: number }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ failed: failures, total: runner.total }));
  });
  if (total === 0) throw new Error('no test was found');
  if (failed > 0) throw new Error(`${String(failed)} of ${String(total)} tests failed`);
}
