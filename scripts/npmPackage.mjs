// `npm run package`: lays the npm package of the command line out in out/npm/ and packs it beside that.
import { join } from 'node:path';
import { layOutNpmPackage } from './npm/layOut.mjs';
import { need, root } from './setup/command.mjs';

const folder = join(root, 'out/npm');
layOutNpmPackage(folder);
await need('Packing the command line', 'npm', ['pack', '--pack-destination', '..', '--loglevel=error'], { cwd: folder });
