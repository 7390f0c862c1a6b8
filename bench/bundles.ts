import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build says of a bundle. */
interface Bundle {
  readonly bytes: number;
  /** Other bundles that are loaded with it. */
  readonly loads: readonly string[];
  /** Bytes by the file they come from. */
  readonly weights: Readonly<Record<string, number>>;
}

/** How many lines each bundle gets. */
const SHOWN = 10;

/** What an editor loads to activate, on a desktop and in a browser, what it loads later, and the panel: how much of each, and where most of it comes from. */
export function bundleTable(root: string): string {
  const bundles = JSON.parse(readFileSync(join(root, 'out/bundles.json'), 'utf8')) as Readonly<Record<string, Bundle>>;
  const loadedWith = (...files: readonly string[]): readonly string[] => {
    const loaded = new Set(files);
    for (const file of loaded) for (const other of bundles[file]?.loads ?? []) loaded.add(other);
    return [...loaded];
  };
  const first = new Set(loadedWith('dist/extension.mjs'));
  const later = Object.keys(bundles).filter((file) => /^dist\/extension\/.*\.mjs$/.test(file) && !first.has(file));
  const inBrowser = Object.keys(bundles).filter((file) => file.startsWith('dist/browser/'));
  const language = loadedWith(...inBrowser.filter((file) => /\/(?:onDemand|problems|lintRunbook)-[^/]*$/.test(file)));
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['extension, loaded to activate', [...first]],
    ['extension, loaded when needed', later],
    ['browser, loaded to activate', ['dist/browser.cjs']],
    ['browser, the rest of the language', language],
    ['browser, plans', inBrowser.filter((file) => !language.includes(file))],
    ['panel', ['dist/webview/panel.js']],
    ['command line', Object.keys(bundles).filter((file) => /^dist\/cli[./].*mjs$/.test(file))],
  ];
  return groups
    .map(([title, files]) =>
      contents(
        title,
        files.map((file) => bundles[file]).filter((bundle) => bundle !== undefined),
      ),
    )
    .join('\n');
}

function contents(title: string, bundles: readonly Bundle[]): string {
  const byOrigin = new Map<string, number>();
  for (const { weights } of bundles)
    for (const [file, bytes] of Object.entries(weights)) byOrigin.set(originOf(file), (byOrigin.get(originOf(file)) ?? 0) + bytes);
  const rows = [...byOrigin].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const total = bundles.reduce((sum, { bytes }) => sum + bytes, 0);
  return [`${title}: ${String(total)} bytes`, ...rows.map(([origin, bytes]) => `${String(bytes).padStart(9)}  ${origin}`), ''].join('\n');
}

/** The package a file belongs to, or the folder of a layer. */
function originOf(file: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  return inPackage ?? file.split('/').slice(0, 3).join('/');
}
