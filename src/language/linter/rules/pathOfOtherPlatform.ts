import type { Rule } from '../rule.js';
import { platformsOf } from '../shell/scripts.js';

/** Keys whose value is a path on the host, by what they stand in. */
const ON_HOST: Readonly<Record<string, readonly string[]>> = { path: ['file', 'download'], to: ['upload'], workdir: [] };
const OF_WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\[\w$])/;
const OF_POSIX = /^\/[\w.-]+(?:\/|$)/;

export const pathOfOtherPlatform: Rule = {
  id: 'path-of-other-platform',
  scope: 'step',
  family: 'portability',
  severity: 'warning',
  rationale:
    'A path of Windows on another system names a file in the working directory, and one that begins with "/" names a place on whatever drive is the current one.',
  cites: ['capability 86', 'capability 87'],
  *check({ texts, runbook }) {
    for (const { text, key, label, range, around, container } of texts) {
      if (typeof key !== 'string' || !Object.hasOwn(ON_HOST, key) || around.from === 'local') continue;
      // "to" of a download is a name on the machine of the operator.
      if (key === 'to' && !Object.hasOwn(container, 'file')) continue;
      const roles = around.from === undefined ? (around.hostRoles ?? []) : [around.from];
      const platforms = new Set(roles.flatMap((role) => platformsOf(runbook, role)));
      if (platforms.size === 0) continue;
      const windows = OF_WINDOWS.test(text);
      if (windows && !platforms.has('windows'))
        yield {
          range,
          message: `"${text}" is a path of Windows, and no host of this step has it; write the path as it is there under "${label}"`,
        };
      else if (!windows && OF_POSIX.test(text) && platforms.size === 1 && platforms.has('windows'))
        yield {
          range,
          message: `"${text}" is no path of Windows, which all hosts of this step have; write it with its drive, as in "C:\\app"`,
        };
    }
  },
};
