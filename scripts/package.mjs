// `npm run package`: packs what is built in dist/ into one .vsix, with nothing that .vscodeignore does not name.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { need, root } from './setup/command.mjs';
import { packaged } from './vsix.mjs';

mkdirSync(dirname(packaged), { recursive: true });
await need('Packing', process.execPath, [
  join(root, 'node_modules/@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  packaged,
]);
