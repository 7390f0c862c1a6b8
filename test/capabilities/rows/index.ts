import type { CapabilityRow } from '../row.js';
import { AFTERMATH } from './aftermath.js';
import { EXECUTION } from './execution.js';
import { INSTALLATION } from './installation.js';
import { VERSIONS } from './versions.js';

/** Every row, in order of its number. */
export const ROWS: readonly CapabilityRow[] = [...VERSIONS, ...EXECUTION, ...INSTALLATION, ...AFTERMATH];
