// `npm test`: everything, on a fresh clone too. Needs nothing installed but Node, so it imports nothing but its neighbours.
import { rmSync } from 'node:fs';
import { faults, insideChecks, integrationTests, lintCache, quickChecks, windowChecks } from './checks.mjs';
import { need } from './setup/command.mjs';
import { installDebianPackages } from './setup/debian.mjs';
import { installPackages } from './setup/packages.mjs';
import { installTestHost } from './setup/testHost.mjs';
import { Tally } from './tally.mjs';
import { packaged } from './vsix.mjs';

await installDebianPackages();
await installPackages();
await installTestHost();
await need('Building', process.execPath, ['scripts/build.mjs']);
await need('Packing the extension', process.execPath, ['scripts/package.mjs'], { quiet: true });
rmSync(lintCache, { force: true });

const tally = new Tally();
await tally.runSideBySide([faults, ...quickChecks, ...integrationTests]);
// A window wants the machine for itself: what is waited for there comes late on a busy one. What ships is what people see.
await tally.run(insideChecks, { live: true });
for (const check of [insideChecks, windowChecks]) await tally.run(...againstPackage(check));
tally.conclude();

/**
 * The same suite against the packed extension, installed: what ships is what is tested.
 * @param {import('./checks.mjs').Check} check
 * @returns {Parameters<Tally['run']>}
 */
function againstPackage(check) {
  const inside = check.args.some((arg) => arg.startsWith('test/host/run'));
  return [
    { ...check, name: `${check.name}, installed from the package`, args: [...check.args, ...(inside ? ['--vsix', packaged] : [])] },
    { live: true, env: { RUNBOOK_E2E_VSIX: packaged } },
  ];
}
