export type { Diagnostic, Fix, Severity } from './diagnostic.js';
export type { OutlineNode, ParsedDocument, ParsedInventory, ParsedRunbook, Project, Workspace } from './project.js';
export type { Position, Range, TextEdit } from './text/range.js';
export { nearest } from './text/nearest.js';
export { COMPLETION_TRIGGERS } from './features/completionTriggers.js';
export { carriedOver } from './text/shift.js';
export { sourceMap } from './text/scalarSource.js';
export type { Positions } from './text/positions.js';
export { LineIndex } from './text/lineIndex.js';
export type {
  Advisory,
  Answer,
  Args,
  Become,
  Evidence,
  Fact,
  Input,
  Method,
  Note,
  Probe,
  Remedy,
  Role,
  Runbook,
  Script,
  Step,
  Undo,
} from './schema/generated/runbook.js';
export type { Inventory } from './schema/generated/inventory.js';
export { ACTIONS, EFFECTS } from './schema/steps.js';
export type { ActionName, EffectName } from './schema/steps.js';
export { PROBE_KINDS } from './schema/probes.js';
export type { ProbeKind } from './schema/probes.js';
export { PLATFORMS, VALUE_TYPES } from './schema/runbookSchema.js';
export type { Platform, ValueType } from './schema/runbookSchema.js';
export type OnFailure = NonNullable<import('./schema/generated/runbook.js').Step['on_failure']>;
export * from './expressions/index.js';
export { parseDuration } from './model/duration.js';
export { parseInstant } from './model/instant.js';
export { checkRegex, compileRegex, matchWhole } from './model/regex.js';
export type { RegexProblem } from './model/regex.js';
export { parseLeadTime } from './model/leadTime.js';
export type { LeadTime } from './model/leadTime.js';
export { isWithin, parseVersionRange, versionsOfRange } from './model/versionRange.js';
export type { VersionRange } from './model/versionRange.js';
export { eachStep, findUsed, listsOf, sectionsOf } from './linter/named.js';
export { parseUseReference, resolveFile } from './model/useReference.js';
export type { UseReference } from './model/useReference.js';
export { checkValue } from './model/valueType.js';
export type { DeclaredValue } from './model/valueType.js';
export { comparisonHolds } from './model/comparison.js';
export { compareVersions, namedGroups, versionFields } from './model/version.js';
export { byPriority } from './features/card.js';
export { droppedAt, isDroppable } from './features/actions/dropFile.js';
export type { Dropped, DroppedFile } from './features/actions/dropFile.js';
export { inventoryOf } from './features/declared/newInventory.js';
export { idFromFile, TEMPLATES, templateSnippet, templateText } from './templates/index.js';
export type { Template } from './templates/index.js';
export { createChecker, isInventoryFile } from './createChecker.js';
export { createLanguageService } from './createLanguageService.js';
export { withoutStops } from './features/completion/item.js';
export type { CodeAction, CodeActionKind, CodeActionOptions } from './features/actions/codeAction.js';
export type { CompletionItem } from './features/completion/item.js';
export type { FormatOptions } from './features/formatting/format.js';
export { asCode, asText } from './features/declared/authorText.js';
export type { Hover, HoverSections, HoverSubject } from './features/hover/hoverSubject.js';
export type { InlayHint } from './features/inlayHints/inlayHints.js';
export { TOKEN_MODIFIERS, TOKEN_TYPES } from './features/semanticTokens/token.js';
export type { SemanticToken, TokenModifier, TokenType } from './features/semanticTokens/token.js';
export type { Signature, SignatureHelp } from './features/signatureHelp.js';
export type { Checker, CheckerOptions, LanguageService, LanguageServiceOptions, RunbookCard, TextLink } from './languageService.js';
export type { Definition, Place } from './features/definition.js';
export type { DocumentSymbol } from './features/documentSymbols.js';
export { DRAWN_AS } from './features/drawnAs.js';
export type { FileMove } from './features/fileRename.js';
export type { FoldingRange } from './features/foldingRanges.js';
export type { FileEdits, Refusal, RenameStart } from './features/rename.js';
export type { SymbolKind } from './features/symbols/symbol.js';
export type { WorkspaceSymbol } from './features/workspaceSymbols.js';
export { meaningOf } from './schema/meaning.js';
export { runbookSchema, inventorySchema } from './schema/runbookSchema.js';
export type { JsonSchema, TextFormat } from './schema/jsonSchema.js';
export { RULES } from './linter/rules/index.js';
export { MAX_FILE_BYTES } from './parser/limits.js';
export { SYNTAX_RULES } from './parser/syntaxRules.js';
export { INVENTORY_RULES } from './linter/inventoryRules/index.js';
export type { InventoryRule, Rule, RuleDescription, RuleFamily, RuleOption, RuleOptions } from './linter/rule.js';
export { shellScriptsOf } from './linter/shell/shellScripts.js';
export type { ShellScript } from './linter/shell/shellScripts.js';
export { parsePlain } from './parser/parsePlain.js';
export type { PlainFile } from './parser/parsePlain.js';
export { tokensOf } from './parser/token.js';
export type { Token } from './parser/token.js';
