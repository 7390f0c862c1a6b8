import type { Document, Node } from 'yaml';
/** Something a file declares, as far as its text can be read. */
export interface Declaration {
    readonly name: string;
    readonly title: string | undefined;
    readonly type: string | undefined;
}
/** What a file declares, read off its syntax alone, so that it is there while the rest is still being written. */
export interface Declarations {
    readonly inputs: readonly Declaration[];
    /** Facts of the run. */
    readonly facts: readonly Declaration[];
    /** Facts and variables of hosts. */
    readonly hostMembers: readonly Declaration[];
    readonly secrets: readonly Declaration[];
    readonly contacts: readonly Declaration[];
    readonly documents: readonly Declaration[];
    readonly roles: readonly Declaration[];
    readonly versions: readonly Declaration[];
    readonly procedures: readonly Declaration[];
    readonly steps: readonly (Declaration & {
        readonly values: readonly string[];
    })[];
    /** Of an inventory. */
    readonly hosts: readonly Declaration[];
}
export declare function declarationsOf(document: Document): Declarations;
/** Every list of steps at the top of a runbook. */
export declare function stepLists(root: Node | null): Generator<Node | null>;
