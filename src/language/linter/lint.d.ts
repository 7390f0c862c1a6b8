import type { Diagnostic } from '../diagnostic.js';
import type { ParsedInventory, ParsedRunbook } from '../project.js';
/** Applies every rule to a runbook. Empty when it has not its proper shape: then its shape is the news. */
export declare function lintRunbook(document: ParsedRunbook, files: ReadonlyMap<string, ParsedRunbook>): readonly Diagnostic[];
/** Applies every rule to an inventory by itself. */
export declare function lintInventory(document: ParsedInventory): readonly Diagnostic[];
