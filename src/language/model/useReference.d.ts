/** What a `use` names: a procedure or step of this file, another file, or a procedure or step in it. */
export interface UseReference {
    /** As written, relative to the runbook that names it. Absent: this file. */
    readonly file?: string;
    /** Id of a procedure or a step. Absent: the whole file. */
    readonly id?: string;
}
/** Takes `#id`, `file.runbook.yaml` and `file.runbook.yaml#id` apart; undefined for anything else. */
export declare function parseUseReference(text: string): UseReference | undefined;
/**
 * The file that a relative reference means, seen from the file that holds it. Paths have `/` between their parts; a URI keeps its scheme.
 * An absolute reference or one with a scheme stays as it is.
 */
export declare function resolveFile(from: string, reference: string): string;
