import { join } from 'node:path';
import { root } from './setup/command.mjs';

/** Where `npm run package` puts the packed extension. */
export const packaged = join(root, 'out/runbook-studio.vsix');
