import type { Diagnostic } from '../diagnostic.js';
/** Characters of a text that people cannot see. Those in scripts become errors later, where it is known what is a script. */
export declare function checkCharacters(text: string): Diagnostic[];
/** An invisible character in a script is no longer a blemish: what runs is not what was read. */
export declare function hardenInScripts(diagnostics: readonly Diagnostic[], scripts: readonly {
    start: number;
    end: number;
}[]): Diagnostic[];
