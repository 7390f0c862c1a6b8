import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { benchFleet } from './fleet.js';
import { benchKeystroke } from './keystroke.js';
import { benchLint } from './lint.js';
import { benchLocalStep } from './localStep.js';
import { benchProof } from './proof.js';
import { benchReplay } from './replay.js';
import { benchSshStep } from './sshStep.js';
import { benchStart } from './start.js';

const root = join(import.meta.dirname, '..');
/** `built`: what it measures is made by `npm run build`. */
const parts: Readonly<Record<string, { readonly built: boolean; readonly run: () => Promise<string> }>> = {
  lint: { built: true, run: () => benchLint(root) },
  keystroke: { built: false, run: () => benchKeystroke(root) },
  proof: { built: false, run: () => benchProof(root) },
  local: { built: false, run: benchLocalStep },
  ssh: { built: false, run: benchSshStep },
  fleet: { built: false, run: benchFleet },
  replay: { built: false, run: benchReplay },
  start: { built: true, run: () => benchStart(root) },
};

/** Prints the tables of the named parts, or of all. The ratios count; times of one machine say little about another. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    process.stderr.write(`bench knows ${Object.keys(parts).join(', ')}, not ${unknown.join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const wanted = Object.entries(parts).filter(([name]) => names.length === 0 || names.includes(name));
  if (wanted.some(([, { built }]) => built) && !['cli.mjs', 'extension.mjs'].every((file) => existsSync(join(root, 'dist', file)))) {
    process.stderr.write('there is no build; run `npm run build` first\n');
    process.exitCode = 2;
    return;
  }
  process.stdout.write(`node ${process.version}, ${process.platform} ${process.arch}; rounds take turns\n\n`);
  for (const [, { run }] of wanted) process.stdout.write(`${await run()}\n`);
}

await main(process.argv.slice(2));
