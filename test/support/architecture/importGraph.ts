import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';

/** One import, re-export or dynamic import of a source file. Paths are relative to the repository, with `/`. */
export interface ImportEdge {
  readonly from: string;
  /** A file of the repository, or the name of a package or built-in as written. */
  readonly to: string;
  readonly kind: 'file' | 'package' | 'built-in';
  /** Gone once compiled. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly lines: number;
}

/** What is checked: the files and who imports whom. */
export interface ImportGraph {
  readonly files: readonly SourceFile[];
  readonly edges: readonly ImportEdge[];
}

const builtIns = new Set(builtinModules);

/** Reads every TypeScript file under the given folders of a repository. */
export function readImportGraph(root: string, folders: readonly string[]): ImportGraph {
  const files: SourceFile[] = [];
  const edges: ImportEdge[] = [];
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const file = join(entry.parentPath, entry.name);
      const path = relative(root, file).replaceAll('\\', '/');
      const text = readFileSync(file, 'utf8');
      files.push({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) });
      for (const found of importsOf(text)) edges.push(edge(root, path, found));
    }
  }
  return { files, edges };
}

interface FoundImport {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Every module a text names, in order. */
export function importsOf(text: string): readonly FoundImport[] {
  const found: FoundImport[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsOnlyTypes(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || isRequire(node.expression))) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, false));
  return found;
}

function importsOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function isRequire(callee: ts.Expression): boolean {
  return ts.isIdentifier(callee) && callee.text === 'require';
}

function edge(root: string, from: string, { specifier, typeOnly }: FoundImport): ImportEdge {
  if (!specifier.startsWith('.')) {
    const builtIn = specifier.startsWith('node:') || builtIns.has(specifier);
    return { from, to: specifier, kind: builtIn ? 'built-in' : 'package', typeOnly };
  }
  const target = posix.join(dirname(from).replaceAll('\\', '/'), specifier);
  const source = target.replace(/\.js$/, '.ts');
  return { from, to: existsSync(join(root, source)) ? source : target, kind: 'file', typeOnly };
}
