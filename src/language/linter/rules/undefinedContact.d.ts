import type { Rule } from '../rule.js';
export declare const undefinedContact: Rule;
