import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a state directory may hold a run. False only where it certainly does not: what cannot be read may have some. */
export function hasRuns(stateDirectory: string): boolean {
  try {
    return readdirSync(join(stateDirectory, 'runs')).length > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
