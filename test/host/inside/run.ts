import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * What VS Code calls in its extension host: runs every suite that lies beside this file.
 * Rejects when a test failed or when there was none.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 60_000, color: true, forbidOnly: true, reporter: process.env['TALLY_REPORTER'] ?? 'spec' });
  for (const file of readdirSync(join(__dirname, 'suites'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, 'suites', file));
  }
  const { failed, total } = await new Promise<{ failed: number; total: number }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ failed: failures, total: runner.total }));
  });
  if (total === 0) throw new Error('no test was found');
  if (failed > 0) throw new Error(`${failed} of ${total} tests failed`);
}
