import type { Plan } from './plan.js';
/**
 * SHA-256 of what a plan means, in hexadecimal. Two plans with the same digest do the same.
 * Where the text stood (files and lines) does not count, nor does the order of keys.
 */
export declare function planDigest(plan: Plan): string;
