/** The candidate that a person most likely meant by a word: at most a third of its letters differ. Undefined when none is near. */
export declare function nearest(word: string, candidates: Iterable<string>): string | undefined;
/** `; did you mean "x"?`, or the choices when they are few, or the plain advice. */
export declare function suggestion(word: string, candidates: readonly string[], advice: string): string;
export declare function quotedList(words: readonly string[]): string;
