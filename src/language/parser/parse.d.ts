import type { ParsedInventory, ParsedRunbook } from '../project.js';
/** Reads a runbook. Never throws: trouble is in the diagnostics. */
export declare function parseRunbook(file: string, text: string): ParsedRunbook;
/** Reads an inventory. Never throws: trouble is in the diagnostics. */
export declare function parseInventory(file: string, text: string): ParsedInventory;
