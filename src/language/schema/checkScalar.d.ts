import type { Scalar } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
import type { Range } from '../text/range.js';
import type { JsonSchema } from './jsonSchema.js';
/** Checks a scalar against a schema without branches. `label` names it: the key it stands under. */
export declare function checkScalar(schema: JsonSchema, scalar: Scalar, range: Range, label: string): Diagnostic | undefined;
