// Writes the commands that the Windows example sends, for the tests to compare with. Run it when they are to change:
// npx tsx test/examples/windows/writeGolden.ts
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allNights, GOLDEN, goldenFiles } from './golden.js';

rmSync(GOLDEN, { recursive: true, force: true });
mkdirSync(GOLDEN, { recursive: true });
for (const [name, text] of goldenFiles(await allNights())) writeFileSync(join(GOLDEN, name), text);
