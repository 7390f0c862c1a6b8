import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup/command.mjs';
import { bundledLicences } from '../bundledLicences.mjs';

/** Name of the command line among npm's packages. */
export const npmName = 'runbook-studio-cli';

const SCHEMAS = ['schemas/runbook.schema.json', 'schemas/inventory.schema.json'];

/**
 * Lays the npm package of the command line out in a folder of its own, from what is built in dist/. The package has nothing to run when it is
 * installed, and needs nothing but Node: the terminal library is optional.
 * @param {string} folder emptied first
 */
export function layOutNpmPackage(folder) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  /** @type {Record<string, { inputs: string[] }>} */
  const built = JSON.parse(readFileSync(join(root, 'out/bundles.json'), 'utf8'));
  const bundles = Object.keys(built).filter((file) => /^dist\/cli(\.mjs$|\/)/.test(file) && !file.endsWith('.map'));
  const copied = [...bundles, ...SCHEMAS];

  rmSync(folder, { recursive: true, force: true });
  for (const file of copied) copy(join(root, file), join(folder, file));
  copy(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copy(join(root, 'scripts/npm/README.md'), join(folder, 'README.md'));
  const inputs = bundles.flatMap((file) => built[file]?.inputs ?? []);
  writeFileSync(join(folder, 'THIRD_PARTY_LICENSES.txt'), bundledLicences(inputs));
  const manifest = {
    name: npmName,
    version: own.version,
    description: 'Checks, compares, plans and runs upgrade runbooks: the command line of Runbook Studio.',
    keywords: ['lint', ...own.keywords],
    license: own.license,
    type: 'module',
    bin: own.bin,
    engines: { node: own.engines.node },
    files: ['dist', 'schemas', 'THIRD_PARTY_LICENSES.txt'],
    optionalDependencies: own.optionalDependencies,
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
