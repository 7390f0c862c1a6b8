import type { DocumentSymbol } from './documentSymbols.js';

/** How an editor draws each kind of thing: a name of `SymbolKind`, which the Language Server Protocol and VS Code both have, with other numbers. */
export const DRAWN_AS = {
  part: 'Namespace',
  phase: 'Namespace',
  item: 'Object',
  runbook: 'Module',
  environment: 'Module',
  input: 'Variable',
  fact: 'Variable',
  variable: 'Property',
  value: 'Property',
  field: 'Field',
  secret: 'Key',
  contact: 'Object',
  document: 'File',
  scheme: 'Struct',
  role: 'Class',
  host: 'Object',
  procedure: 'Function',
  step: 'Event',
  method: 'Method',
  advisory: 'Constant',
  path: 'Object',
  local: 'Variable',
  anchor: 'Constant',
} as const satisfies Record<DocumentSymbol['kind'], string>;
