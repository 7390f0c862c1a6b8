import type { Rule } from '../rule.js';
/** Every rule for runbooks. A new rule is a file and a line here. */
export declare const RULES: readonly Rule[];
