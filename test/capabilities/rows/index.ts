import type { CapabilityRow } from '../row.js';
import { AFTERMATH } from './aftermath.js';
import { EXECUTION } from './execution.js';
import { GATES } from './gates.js';
import { INSTALLATION } from './installation.js';
import { LANGUAGE } from './language.js';
import { PRECONDITIONS } from './preconditions.js';
import { VERSIONS } from './versions.js';

/** Every row, in order of its number. */
export const ROWS: readonly CapabilityRow[] = [
  ...LANGUAGE,
  ...VERSIONS,
  ...PRECONDITIONS,
  ...GATES,
  ...EXECUTION,
  ...INSTALLATION,
  ...AFTERMATH,
];
