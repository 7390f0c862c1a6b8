/** A half-open stretch of text, in UTF-16 code units from its start. */
export interface Range {
    readonly start: number;
    readonly end: number;
}
/** A place for people: line and column, both 1-based; columns count UTF-16 code units. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** Replaces a stretch of text. */
export interface TextEdit {
    readonly range: Range;
    readonly text: string;
}
