// `npm run test:host`: only the suites in a real VS Code, from the source folder.
import { insideChecks, windowChecks } from './checks.mjs';
import { need } from './setup/command.mjs';
import { installTestHost } from './setup/testHost.mjs';
import { Tally } from './tally.mjs';

await installTestHost();
await need('Building', process.execPath, ['scripts/build.mjs']);
const tally = new Tally();
for (const check of [insideChecks, windowChecks]) await tally.run(check, { live: true });
tally.conclude();
