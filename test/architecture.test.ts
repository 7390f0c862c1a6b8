import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, readImportGraph } from './support/architecture/importGraph.js';
import type { ImportEdge, ImportGraph } from './support/architecture/importGraph.js';
import { LAYERS, violations } from './support/architecture/rules.js';

const root = join(import.meta.dirname, '..');

/** Files over the ceiling, each with its reason. */
const longFiles: Record<string, string> = {};

function made(edge: Partial<ImportEdge>, ...files: { path: string; lines: number }[]): ImportGraph {
  const edges = edge.from === undefined ? [] : [{ from: edge.from, to: '', kind: 'file' as const, typeOnly: false, ...edge }];
  return { files, edges };
}

function found(graph: ImportGraph): readonly string[] {
  return violations(graph, LAYERS, { longFiles: {} });
}

describe('architecture', () => {
  it('keeps every rule of the house', () => {
    const graph = readImportGraph(root, ['src', 'webview', 'lab']);
    assert.ok(graph.files.length > 20, 'the source was found');
    assert.ok(graph.edges.length > 20, 'imports were found');
    assert.deepEqual(violations(graph, LAYERS, { longFiles }), []);
  });

  it('names only layers that exist in the table, and the table has no circle', () => {
    const order: string[] = [];
    for (const layer of LAYERS) {
      for (const known of layer.mayImport) assert.ok(order.includes(known), `${layer.folder} knows ${known}, which comes after it`);
      order.push(layer.folder);
    }
  });
});

describe('the map of the house', () => {
  const pages = ['docs/architecture.md', 'docs/dependencies.md', 'CONTRIBUTING.md'];

  it('names only files and folders that exist', () => {
    for (const page of pages) {
      const text = readFileSync(join(root, page), 'utf8');
      const named = [...text.matchAll(/`((?:src|webview|lab|test|docs|scripts|schemas|examples|bench)\/[\w./-]*)`/g)].map(
        ([, path]) => path ?? '',
      );
      assert.ok(named.length > 5, `${page} names files`);
      assert.deepEqual(
        named.filter((path) => !existsSync(join(root, path))),
        [],
        page,
      );
    }
  });

  it('gives a reason for every direct dependency', () => {
    const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
    const direct = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    assert.ok(direct.length > 10);
    assert.deepEqual(
      direct.filter((name) => !text.includes(`\`${name}\``)),
      [],
    );
  });
});

describe('the checker of the architecture', () => {
  it('accepts what the table allows', () => {
    assert.deepEqual(found(made({ from: 'src/engine/run.ts', to: 'src/events/index.ts' })), []);
    assert.deepEqual(found(made({ from: 'src/extension/views/tree.ts', to: 'vscode', kind: 'package' })), []);
    assert.deepEqual(found(made({ from: 'src/engine/run.ts', to: 'node:fs', kind: 'built-in' })), []);
  });

  it('finds an edge the table does not have', () => {
    assert.match(found(made({ from: 'src/language/a.ts', to: 'src/engine/b.ts' })).join(), /may not know src\/engine/);
    assert.match(found(made({ from: 'lab/a.ts', to: 'src/engine/b.ts' })).join(), /may not know/);
    assert.match(found(made({ from: 'src/somewhere.ts', to: 'src/engine/b.ts' })).join(), /no layer/);
    assert.match(found(made({ from: 'src/engine/a.ts', to: 'test/b.ts', typeOnly: true })).join(), /no layer/);
  });

  it('finds vscode outside the extension, and Node in a pure layer', () => {
    assert.match(found(made({ from: 'src/engine/a.ts', to: 'vscode', kind: 'package', typeOnly: true })).join(), /only src\/extension/);
    assert.match(found(made({ from: 'src/planner/a.ts', to: 'node:crypto', kind: 'built-in' })).join(), /is pure/);
  });

  it('finds an isolated package outside its one file', () => {
    const toolkit = { to: '@vscode/webview-ui-toolkit/dist/toolkit.js', kind: 'package' as const };
    assert.match(found(made({ from: 'webview/panel.ts', ...toolkit })).join(), /only webview\/components\.ts/);
    assert.deepEqual(found(made({ from: 'webview/components.ts', ...toolkit })), []);
  });

  it('finds a way around a façade', () => {
    const facade = { path: 'src/language/index.ts', lines: 1 };
    assert.match(found(made({ from: 'src/cli/a.ts', to: 'src/language/parser/b.ts' }, facade)).join(), /is entered through/);
    assert.deepEqual(found(made({ from: 'src/cli/a.ts', to: 'src/language/index.ts' }, facade)), []);
  });

  it('finds long files and empty names, and exceptions nobody needs', () => {
    assert.match(found(made({}, { path: 'src/cli/a.ts', lines: 401 })).join(), /401 lines/);
    assert.deepEqual(found(made({}, { path: 'src/cli/generated/a.ts', lines: 4000 })), []);
    assert.match(found(made({}, { path: 'src/cli/utils/a.ts', lines: 1 })).join(), /says nothing/);
    assert.match(violations(made({}), LAYERS, { longFiles: { 'src/a.ts': 'because' } }).join(), /without need/);
  });

  it('finds folders that need each other, types apart', () => {
    const there: ImportEdge = { from: 'src/engine/a/x.ts', to: 'src/engine/b/y.ts', kind: 'file', typeOnly: false };
    const back: ImportEdge = { from: 'src/engine/b/y.ts', to: 'src/engine/a/x.ts', kind: 'file', typeOnly: false };
    assert.match(found({ files: [], edges: [there, back] }).join(), /circle/);
    assert.deepEqual(found({ files: [], edges: [there, { ...back, typeOnly: true }] }), []);
  });

  it('finds Node, and what needs a machine, behind what runs in a browser', () => {
    const entry: ImportEdge = { from: 'src/extension/browser/a.ts', to: 'src/extension/views/b.ts', kind: 'file', typeOnly: false };
    const node: ImportEdge = { from: 'src/extension/views/b.ts', to: 'node:path', kind: 'built-in', typeOnly: false };
    const engine: ImportEdge = { from: 'src/extension/views/b.ts', to: 'src/engine/c.ts', kind: 'file', typeOnly: false };
    assert.match(found({ files: [], edges: [entry, node] }).join(), /node:path, but src\/extension\/browser needs it in a browser/);
    assert.match(found({ files: [], edges: [entry, engine] }).join(), /src\/engine\/c\.ts, but/);
    assert.deepEqual(found({ files: [], edges: [entry, { ...engine, typeOnly: true }] }), []);
    assert.deepEqual(found({ files: [], edges: [node, engine] }), []);
  });

  it('reads every spelling of an import', () => {
    const text = [
      `import { a } from './a.js';`,
      `import type { B } from './b.js';`,
      `export { c } from './c.js';`,
      `export type * from './d.js';`,
      `const e = await import('./e.js');`,
      `const f = require('./f.js');`,
      `type G = import('./g.js').G;`,
      `import './h.js';`,
      `// import './not.js';`,
    ].join('\n');
    assert.deepEqual(
      importsOf(text).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' type' : ''}`),
      ['./a.js', './b.js type', './c.js', './d.js type', './e.js', './f.js', './g.js type', './h.js'],
    );
  });
});
