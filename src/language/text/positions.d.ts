import type { Range } from './range.js';
/** Where the parts of plain data came from. Data made elsewhere has no place. */
export interface Positions {
    /** The whole mapping or list. */
    of(value: object): Range | undefined;
    /** The key of a member. */
    key(mapping: object, key: string): Range | undefined;
    /** The value of a member, or an item of a list. For a scalar: its source text, quotes included. */
    value(container: object, key: string | number): Range | undefined;
}
/** Remembers places by the identity of mappings and lists. */
export declare class PositionIndex implements Positions {
    #private;
    add(value: object, range: Range): void;
    /** Places of a member of something that was added before. */
    addMember(container: object, key: string | number, value: Range, ofKey?: Range): void;
    of(value: object): Range | undefined;
    key(mapping: object, key: string): Range | undefined;
    value(container: object, key: string | number): Range | undefined;
}
