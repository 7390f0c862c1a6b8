/**
 * How long an editor waits before it shows findings, in ms. What a text shows costs a few milliseconds, but comes only when the keys rest: between two
 * keys of a word it would appear and go again. What only plans show comes after that: they cost more, and say nothing of half a sentence.
 */
export const QUIET_TIMES: Readonly<Record<'text' | 'plans', number>> = { text: 100, plans: 250 };
