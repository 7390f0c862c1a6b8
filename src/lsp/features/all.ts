import { codeActions } from './codeActions.js';
import { completion } from './completion.js';
import { definition } from './definition.js';
import { documentLinks } from './documentLinks.js';
import { documentSymbols } from './documentSymbols.js';
import type { Feature } from './feature.js';
import { fileRename } from './fileRename.js';
import { folding } from './folding.js';
import { formatting } from './formatting.js';
import { hover } from './hover.js';
import { inlayHints } from './inlayHints.js';
import { onEnter } from './onEnter.js';
import { references } from './references.js';
import { rename } from './rename.js';
import { selectionRanges } from './selectionRanges.js';
import { semanticTokens } from './semanticTokens.js';
import { signatureHelp } from './signatureHelp.js';
import { workspaceSymbols } from './workspaceSymbols.js';

/** Everything the server does when it is asked. */
export const FEATURES: readonly Feature[] = [
  documentSymbols,
  documentLinks,
  hover,
  completion,
  signatureHelp,
  definition,
  references,
  rename,
  workspaceSymbols,
  folding,
  selectionRanges,
  codeActions,
  formatting,
  onEnter,
  semanticTokens,
  inlayHints,
  fileRename,
];
