// What is loaded when somebody first asks for it: as one part, so that the rest is not parted into many.
export { codeActionsAt } from './actions/codeActionsAt.js';
export { completeAt } from './completion/completeAt.js';
export { definitionAt } from './definition.js';
export { fileMoveEdits } from './fileRename.js';
export { hoverAt } from './hover/hoverAt.js';
export { inlayHintsIn } from './inlayHints/inlayHints.js';
export { referencesAt } from './references.js';
export { prepareRenameAt, renameAt } from './rename.js';
export { semanticTokensOf } from './semanticTokens/semanticTokens.js';
export { signatureHelpAt } from './signatureHelp.js';
export { findSymbols } from './workspaceSymbols.js';
