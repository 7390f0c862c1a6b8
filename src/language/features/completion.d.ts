import type { CompletionItem } from '../languageService.js';
import type { JsonSchema } from '../schema/jsonSchema.js';
/**
 * What may stand at an offset: keys, words of an enumeration, names that are declared, members in expressions.
 * The word under the cursor is replaced by a mark and the text read once as a key and once as a value, so that half a line is enough.
 */
export declare function completeAt(text: string, root: JsonSchema, offset: number): readonly CompletionItem[];
