import type { Diagnostic } from '../../language/index.js';
import type { Refused } from './selection.js';

const WHY: Readonly<Record<Refused['why'], string>> = {
  outside: 'this leads out of the tree through a symbolic link and was not read; put the file itself here',
  special: 'this is no regular file and was not read; put a file here, or give it another name',
  missing: 'this cannot be read: a symbolic link leads nowhere, or reading is not allowed; mend it or remove it',
  'too-large': 'this is larger than 16 MiB and was not read; no runbook is, give it another name',
};

/** What is said of a file that was not read. It has no text, so it is said of its beginning. */
export function unreadable({ why }: Refused): Diagnostic {
  return { code: 'unreadable-file', severity: 'error', range: { start: 0, end: 0 }, message: WHY[why] };
}
