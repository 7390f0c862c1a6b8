import type { LanguageService, LanguageServiceOptions } from './languageService.js';
/** Whether a file is an inventory, by its name. */
export declare function isInventoryFile(file: string): boolean;
export declare function createLanguageService({ workspace }: LanguageServiceOptions): LanguageService;
