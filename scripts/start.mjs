// `npm start`: the lab and VS Code on the examples. `npm start -- --headless`: the lab and the largest example through the command line.
// Works on a fresh clone: imports nothing that has to be installed.
import { join } from 'node:path';
import { need, root } from './setup/command.mjs';
import { installPackages } from './setup/packages.mjs';
import { startLab } from './start/lab.mjs';

await installPackages();
await need('Building', process.execPath, ['scripts/build.mjs'], { quiet: true });

const lab = await startLab(join(root, '.lab')).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
try {
  const how = process.argv.includes('--headless') ? await import('./start/headless.mjs') : await import('./start/editor.mjs');
  process.exitCode = await how.start(lab);
} finally {
  await lab.stop();
}
