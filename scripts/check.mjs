// `npm run check`: format, types, lint, architecture, generated files and unit tests. Offline.
import { quickChecks } from './checks.mjs';
import { Tally } from './tally.mjs';

const tally = new Tally();
await tally.runSideBySide(quickChecks);
tally.conclude();
