import type { ValueType } from '../language/index.js';
import type { PlainValue } from './plan.js';
/** Text that came from outside (a command line, an output, a person) as a value of its declared type; text that is none stays text. */
export declare function typedValue(value: PlainValue, type: ValueType | undefined): PlainValue;
