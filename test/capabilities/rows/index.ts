import type { CapabilityRow } from '../row.js';
import { VERSIONS } from './versions.js';

/** Every row, in order of its number. */
export const ROWS: readonly CapabilityRow[] = [...VERSIONS];
