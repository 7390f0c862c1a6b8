import type { Position } from './range.js';
/** Turns offsets into lines and columns. A line ends with LF, CRLF or CR. */
export declare class LineIndex {
    #private;
    constructor(text: string);
    /** Line and column of an offset, both 1-based. Offsets outside the text give its nearest end. */
    position(offset: number): Position;
    /** Offset of the start of a 1-based line. */
    lineStart(line: number): number;
    get lineCount(): number;
}
