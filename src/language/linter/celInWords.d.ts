/** What the checker of expressions says, in words that tell an author what to do. */
export declare function celInWords(message: string): string;
