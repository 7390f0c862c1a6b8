import { SymbolKind } from 'vscode-languageserver/node';
import type { DocumentSymbol } from '../../language/index.js';

/** How editors draw each kind of thing. */
export const SYMBOL_KIND: Readonly<Record<DocumentSymbol['kind'], SymbolKind>> = {
  part: SymbolKind.Namespace,
  phase: SymbolKind.Namespace,
  item: SymbolKind.Object,
  runbook: SymbolKind.Module,
  environment: SymbolKind.Module,
  input: SymbolKind.Variable,
  fact: SymbolKind.Variable,
  variable: SymbolKind.Property,
  value: SymbolKind.Property,
  field: SymbolKind.Field,
  secret: SymbolKind.Key,
  contact: SymbolKind.Object,
  document: SymbolKind.File,
  scheme: SymbolKind.Struct,
  role: SymbolKind.Class,
  host: SymbolKind.Object,
  procedure: SymbolKind.Function,
  step: SymbolKind.Event,
  method: SymbolKind.Method,
  advisory: SymbolKind.Constant,
  path: SymbolKind.Object,
  local: SymbolKind.Variable,
  anchor: SymbolKind.Constant,
};
