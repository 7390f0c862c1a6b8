import { readFileSync } from 'node:fs';
import { createLanguageService } from '../../../src/language/index.js';
import type { LanguageService } from '../../../src/language/index.js';

/** A language service that reads the files of this machine, save where a text is given for one. */
export function serviceOnDisk(texts: ReadonlyMap<string, string> = new Map()): LanguageService {
  return createLanguageService({
    workspace: {
      readText: async (file) => {
        try {
          return texts.get(file) ?? readFileSync(file, 'utf8');
        } catch {
          return undefined;
        }
      },
    },
  });
}

/** A language service over texts by name. */
export function serviceOver(files: Readonly<Record<string, string>>): LanguageService {
  return createLanguageService({ workspace: { readText: async (file) => files[file] } });
}
