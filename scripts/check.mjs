// `npm run check`: format, types, lint, architecture, generated files and unit tests. Offline.
import { quickChecks } from './checks.mjs';
import { Tally } from './tally.mjs';

const tally = new Tally({ live: false });
const waiting = [...quickChecks];

/** Two at a time: enough to use a small machine, and each still prints its output whole. */
async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await tally.run(next);
}
await Promise.all([work(), work()]);
tally.conclude();
