import type { ImportEdge, ImportGraph } from './importGraph.js';

/** A part of the house, and which others it may know. */
export interface Layer {
  readonly folder: string;
  readonly mayImport: readonly string[];
  /** Runs in a browser too: no Node built-in. */
  readonly pure: boolean;
}

/** The table of `docs/architecture.md`. */
export const LAYERS: readonly Layer[] = [
  { folder: 'src/language', mayImport: [], pure: true },
  { folder: 'src/planner', mayImport: ['src/language'], pure: true },
  { folder: 'src/review', mayImport: ['src/language', 'src/planner'], pure: true },
  { folder: 'src/shellcheck', mayImport: ['src/language'], pure: false },
  { folder: 'src/events', mayImport: ['src/language', 'src/planner'], pure: true },
  { folder: 'src/engine', mayImport: ['src/language', 'src/planner', 'src/events'], pure: false },
  { folder: 'src/protocol', mayImport: ['src/events'], pure: true },
  { folder: 'src/lsp', mayImport: ['src/language', 'src/review', 'src/events'], pure: false },
  { folder: 'webview', mayImport: ['src/events', 'src/protocol'], pure: true },
  {
    folder: 'src/cli',
    mayImport: ['src/language', 'src/planner', 'src/review', 'src/shellcheck', 'src/events', 'src/engine', 'src/protocol', 'src/lsp'],
    pure: false,
  },
  {
    folder: 'src/extension',
    mayImport: [
      'src/language',
      'src/planner',
      'src/review',
      'src/shellcheck',
      'src/events',
      'src/engine',
      'src/protocol',
      'src/lsp',
      'src/cli',
    ],
    pure: false,
  },
  { folder: 'lab', mayImport: [], pure: false },
];

/** Folders of a layer that stand for a whole program in a browser, and where what they need may not lie, in however many steps. */
export const IN_BROWSER: Readonly<Record<string, readonly string[]>> = {
  'src/extension/browser': ['src/engine', 'src/cli', 'src/lsp', 'src/shellcheck', 'src/extension/desktop'],
};

/** Packages that one file alone may import, so that they can be exchanged there. */
export const ISOLATED_PACKAGES: Readonly<Record<string, string>> = {
  '@vscode/webview-ui-toolkit': 'webview/components.ts',
  '@marcbachmann/cel-js': 'src/language/expressions/cel.ts',
};

/** Lines a file may have; most are far shorter. */
export const LINE_CEILING = 400;

/** Folder names that say nothing about what is inside. */
const EMPTY_NAMES = new Set(['util', 'utils', 'common', 'helper', 'helpers', 'misc', 'shared', 'lib']);

export interface Exceptions {
  /** Files over the ceiling, by path, with the reason. */
  readonly longFiles: Readonly<Record<string, string>>;
}

/** Everything in the graph that the rules of the house forbid, one sentence each. Empty: all is well. */
export function violations(graph: ImportGraph, layers: readonly Layer[], exceptions: Exceptions): readonly string[] {
  return [
    ...graph.edges.flatMap((edge) => edgeViolations(edge, layers)),
    ...facadeViolations(graph, layers),
    ...sizeViolations(graph, exceptions),
    ...nameViolations(graph),
    ...cycles(graph, layers),
    ...browserViolations(graph),
  ];
}

function layerOf(path: string, layers: readonly Layer[]): Layer | undefined {
  return layers.find(({ folder }) => path.startsWith(`${folder}/`));
}

function edgeViolations(edge: ImportEdge, layers: readonly Layer[]): readonly string[] {
  const from = layerOf(edge.from, layers);
  if (from === undefined) return [`${edge.from} belongs to no layer`];
  if (edge.kind === 'built-in') return from.pure ? [`${edge.from} imports ${edge.to}, but ${from.folder} is pure`] : [];
  if (edge.kind === 'package') {
    return packageViolations(edge, from);
  }
  const to = layerOf(edge.to, layers);
  if (to === undefined) return [`${edge.from} imports ${edge.to}, which belongs to no layer`];
  if (to === from || from.mayImport.includes(to.folder)) return [];
  return [`${edge.from} imports ${edge.to}, but ${from.folder} may not know ${to.folder}`];
}

function packageViolations({ from, to }: ImportEdge, layer: Layer): readonly string[] {
  if (to === 'vscode') return layer.folder === 'src/extension' ? [] : [`${from} imports vscode, which only src/extension may`];
  const isolated = Object.entries(ISOLATED_PACKAGES).find(([name]) => to === name || to.startsWith(`${name}/`));
  return isolated === undefined || isolated[1] === from ? [] : [`${from} imports ${to}, which only ${isolated[1]} may`];
}

/** A layer with an `index.ts` is entered through it. */
function facadeViolations(graph: ImportGraph, layers: readonly Layer[]): readonly string[] {
  const paths = new Set(graph.files.map(({ path }) => path));
  return graph.edges.flatMap(({ from, to, kind }) => {
    const layer = kind === 'file' ? layerOf(to, layers) : undefined;
    if (layer === undefined || layer === layerOf(from, layers)) return [];
    const facade = `${layer.folder}/index.ts`;
    return to === facade || !paths.has(facade) ? [] : [`${from} imports ${to}, but ${layer.folder} is entered through ${facade}`];
  });
}

function sizeViolations(graph: ImportGraph, { longFiles }: Exceptions): readonly string[] {
  const long = graph.files.filter(({ path, lines }) => lines > LINE_CEILING && !path.includes('/generated/'));
  const unused = Object.keys(longFiles).filter((path) => !long.some((file) => file.path === path));
  return [
    ...long
      .filter(({ path }) => longFiles[path] === undefined)
      .map(({ path, lines }) => `${path} has ${lines} lines, over ${LINE_CEILING}`),
    ...unused.map((path) => `${path} is excepted from the ceiling without need`),
  ];
}

function nameViolations(graph: ImportGraph): readonly string[] {
  return graph.files.flatMap(({ path }) => {
    const name = path
      .split('/')
      .slice(0, -1)
      .find((part) => EMPTY_NAMES.has(part));
    return name === undefined ? [] : [`${path} lies in a folder named ${name}, which says nothing`];
  });
}

/** What a program in a browser needs at run time must not lead to Node, or to what only a machine can do. */
function browserViolations(graph: ImportGraph): readonly string[] {
  return Object.entries(IN_BROWSER).flatMap(([program, forbidden]) => {
    const reached = new Set(graph.edges.filter(({ from }) => from.startsWith(`${program}/`)).map(({ from }) => from));
    const found: string[] = [];
    for (const file of reached) {
      for (const { from, to, kind, typeOnly } of graph.edges) {
        if (from !== file || typeOnly) continue;
        const isForbidden = kind === 'built-in' || (kind === 'file' && forbidden.some((folder) => to.startsWith(`${folder}/`)));
        if (isForbidden) found.push(`${from} imports ${to}, but ${program} needs it in a browser`);
        else if (kind === 'file') reached.add(to);
      }
    }
    return found;
  });
}

/** Folders of a layer (its own files apart) must not need each other's values in a circle. */
function cycles(graph: ImportGraph, layers: readonly Layer[]): readonly string[] {
  const folderOf = (path: string): string | undefined => {
    const layer = layerOf(path, layers);
    if (layer === undefined) return undefined;
    const [first, ...rest] = path.slice(layer.folder.length + 1).split('/');
    return rest.length === 0 ? undefined : `${layer.folder}/${first}`;
  };
  const needs = new Map<string, Set<string>>();
  for (const { from, to, kind, typeOnly } of graph.edges) {
    const [a, b] = [folderOf(from), folderOf(to)];
    if (kind !== 'file' || typeOnly || a === undefined || b === undefined || a === b) continue;
    needs.set(a, (needs.get(a) ?? new Set()).add(b));
  }
  const reached = (start: string): Set<string> => {
    const seen = new Set<string>();
    const queue = [...(needs.get(start) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(needs.get(next) ?? []));
    }
    return seen;
  };
  return [...needs.keys()].filter((folder) => reached(folder).has(folder)).map((folder) => `${folder} is part of a circle of folders`);
}
