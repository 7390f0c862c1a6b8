import type { StandIn } from './here.js';

/** An installer of UrbanCode that does what a shell script says; `$DIR` is the directory of the run. The new release is there when it ends. */
export function installer(directory: string, script: string): StandIn {
  return {
    files: {
      'ucd-install/install-server.sh': `#!/bin/sh\nDIR='${directory}'\n${script}\n`,
      'ucd/conf/installed.version': 'version=7.0.4.2\n',
    },
    instead: { '"package_dir":"ucd-install"': `"package_dir":"${directory}/ucd-install"`, '/opt/ucd': `${directory}/ucd` },
    patience: 4_000,
  };
}

/** Shell script that asks a question and keeps the answer among the calls. */
export function asks(question: string): string {
  return `printf '%s ' '${question}'; read -r answer; echo "$answer" >> "$DIR/calls"`;
}
