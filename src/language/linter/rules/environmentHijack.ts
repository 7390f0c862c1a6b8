import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';
import { scriptOwners } from '../shell/scripts.js';

/** Variables that make programs load code, start other programs, or be other programs. */
const LOADS =
  /^(?:LD_(?:PRELOAD|AUDIT|LIBRARY_PATH)|DYLD_\w+|GCONV_PATH|BASH_ENV|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|NODE_OPTIONS|NODE_PATH|PYTHON(?:PATH|HOME|STARTUP|INSPECT)|PERL5(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|GIT_(?:SSH|SSH_COMMAND|EXEC_PATH|ASKPASS|PROXY_COMMAND|EXTERNAL_DIFF|CONFIG_\w+)|SSH_ASKPASS|LESSOPEN|COMSPEC|PSMODULEPATH)$/i;
const FINDS = /^(?:PATH|PATHEXT|IFS)$/i;

export const environmentHijack: Rule = {
  id: 'environment-hijack',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale: 'A few environment variables make every program that is started afterwards load other code, or make it another program.',
  cites: ['threat T3'],
  *check(context) {
    for (const owner of scriptOwners(context)) {
      for (const name of Object.keys(owner.env ?? {})) {
        const range = keyRange(context.document, owner.env as object, name);
        if (range === undefined) continue;
        if (LOADS.test(name))
          yield {
            range,
            message: `"${name}" makes the programs of this script load or start something else; remove it, or give the one program that needs it an option of its own`,
          };
        else if (FINDS.test(name))
          yield {
            range,
            message: `"${name}" decides which programs this script runs; remove it, and name the program with its whole path`,
          };
      }
    }
  },
};
