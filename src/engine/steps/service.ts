import type { Action, ActionContext } from './action.js';
import { specOf } from './action.js';
import { runScript } from './run.js';
import { run } from './run.js';

// The service manager of the host is the only way: a program that is killed leaves files behind that a service script would remove.
const POSIX = `
name=$1
verb=$2
if command -v systemctl >/dev/null 2>&1; then
  systemctl "$verb" "$name"
elif command -v service >/dev/null 2>&1; then
  service "$name" "$verb"
else
  echo "neither systemctl nor service is on the PATH of this host" >&2
  exit 69
fi
`;

const WINDOWS = `
$name, $verb = $args
switch ($verb) {
  'start' { Start-Service -Name $name }
  'stop' { Stop-Service -Name $name }
  'restart' { Restart-Service -Name $name }
}
`;

const VERBS = { started: 'start', stopped: 'stop', restarted: 'restart' } as const;

/** `service`: brings a service to a state through its service script. */
export const service: Action = {
  async perform(context) {
    const wanted = specOf(context, 'service');
    return runScript(context, {
      run: platformOf(context) === 'windows' ? WINDOWS : POSIX,
      args: [await context.renderText(wanted.name), VERBS[wanted.state]],
      become: context.step.spec.become ?? false,
    });
  },
  recover: (context) => run.recover(context),
};

function platformOf(context: ActionContext): string {
  return context.host?.platform ?? 'linux';
}
