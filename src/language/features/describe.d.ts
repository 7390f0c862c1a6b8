import type { JsonSchema, TextFormat } from '../schema/jsonSchema.js';
import type { Declaration, Declarations } from './declarations.js';
/** Description of a key or value, in Markdown. */
export declare function describeSchema(root: JsonSchema, name: string, schema: JsonSchema): string;
/** One line about something declared. */
export declare function describeDeclaration(thing: string, { name, title, type }: Declaration): string;
/** What a reference of this format may name, with the word for it. */
export declare function namedBy(format: TextFormat | undefined, declarations: Declarations): {
    readonly thing: string;
    readonly names: readonly Declaration[];
} | undefined;
/** Members of one of the names expressions begin with. */
export declare function membersOf(space: string, declarations: Declarations): {
    readonly thing: string;
    readonly names: readonly Declaration[];
} | undefined;
