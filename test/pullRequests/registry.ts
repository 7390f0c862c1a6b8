import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { layOutNpmPackage, npmName } from '../../scripts/npm/layOut.mjs';
import { succeed } from './processes.js';

/** A registry of npm on this machine that has the command line, as it would be published, and nothing else. */
export interface Registry {
  readonly address: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Packs the command line in `folder` and serves it. */
export async function openRegistry(folder: string): Promise<Registry> {
  const place = join(folder, 'published');
  await mkdir(place, { recursive: true });
  layOutNpmPackage(place);
  const name = (await succeed('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], { cwd: place })).trim();
  const tarball = await readFile(join(folder, name));
  const manifest = JSON.parse(await readFile(join(place, 'package.json'), 'utf8')) as { readonly version: string };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const { port } = server.address() as AddressInfo;
    const dist = {
      tarball: `http://127.0.0.1:${String(port)}/${name}`,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    };
    if (path === `/${npmName}`) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name: npmName,
          'dist-tags': { latest: manifest.version },
          versions: { [manifest.version]: { ...manifest, dist } },
        }),
      );
    } else if (path === `/${name}`) response.end(tarball);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
