import * as vscode from 'vscode';
import type { DocumentSymbol } from '../../language/index.js';

const { SymbolKind: Kind } = vscode;

/** How the editor draws each kind of thing. */
export const SYMBOL_KIND: Readonly<Record<DocumentSymbol['kind'], vscode.SymbolKind>> = {
  part: Kind.Namespace,
  phase: Kind.Namespace,
  item: Kind.Object,
  runbook: Kind.Module,
  environment: Kind.Module,
  input: Kind.Variable,
  fact: Kind.Variable,
  variable: Kind.Property,
  value: Kind.Property,
  field: Kind.Field,
  secret: Kind.Key,
  contact: Kind.Object,
  document: Kind.File,
  scheme: Kind.Struct,
  role: Kind.Class,
  host: Kind.Object,
  procedure: Kind.Function,
  step: Kind.Event,
  method: Kind.Method,
  advisory: Kind.Constant,
  path: Kind.Object,
  local: Kind.Variable,
  anchor: Kind.Constant,
};
