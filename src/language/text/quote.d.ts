/** Text as a quoted YAML scalar on one line. */
export declare function quoteYaml(text: string): string;
/** End of the value that begins at an offset, on its line: before a comment or trailing blanks and, in a flow collection, before `,` or a closing bracket. */
export declare function endOfValue(text: string, start: number, inFlow: boolean): number;
