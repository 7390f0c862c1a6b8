import { CST } from 'yaml';
/** One word of YAML, with what its place says about the structure. */
export interface Token {
    readonly type: NonNullable<ReturnType<typeof CST.tokenType>> | 'unknown';
    readonly source: string;
    readonly offset: number;
    /** Offset from the start of its line. */
    readonly column: number;
    /** Flow collections around it. */
    readonly flow: number;
}
/** Reads the words of a text one by one, without building anything: safe on text of any shape. */
export declare function tokensOf(text: string): Generator<Token>;
