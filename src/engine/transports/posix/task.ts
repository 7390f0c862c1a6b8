import type { Command } from '../transport.js';
import { MARK_VARIABLE, markOf } from './processes.js';
import { quote } from './quote.js';

/**
 * Lets a shell of ours outlive a signal to its group, so that it waits for the task and keeps its exit code; programs it starts get the
 * signals as usual. PIPE: shells tell of a child that was killed, perhaps to an operator who is gone.
 */
export const OUTLIVE = 'trap : HUP INT TERM PIPE';

/** The command itself, as shell text for a subshell whose standard input it may use up. */
export function task(command: Command): string {
  const inner = plainTask(command);
  if (command.become === undefined) return inner;
  const { user, password } = command.become;
  const login = quote(user);
  const read = 'eval "$(command -p cat)"';
  if (password === undefined) {
    return `${OUTLIVE}
if [ "$(id -un)" = ${login} ]; then ${inner}
else printf '%s\\n' ${quote(inner)} | sudo -n -H -u ${login} -- sh -c ${quote(read)} runbook-studio
fi`;
  }
  // sudo takes the password line only when it needs one: what it left is skipped up to a line nobody else knows.
  const skip = `while IFS= read -r l; do [ "$l" = "$0" ] && break; done; [ "$l" = "$0" ] || exit 1; ${read}`;
  return `${OUTLIVE}
if [ "$(id -un)" = ${login} ]; then ${inner}
else
word=$(od -An -N16 -tx1 /dev/urandom); word=$(set -- $word; IFS=; printf '%s' "$*")
printf '%s\\n' ${quote(password)} "$word" ${quote(inner)} | sudo -S -p '' -H -u ${login} -- sh -c ${quote(skip)} "$word"
fi`;
}

/**
 * Text up to this length, in characters, is handed to its shell in a variable of its environment: no system bounds one to less than 128 KiB.
 * Longer text goes through its standard input.
 */
const SHORT = 30_000;
const SCRIPT_VARIABLE = 'RUNBOOK_STUDIO_SCRIPT';

/** Marks whatever the task starts, so that a stop finds it even where it has left its group and its parents. */
function markText({ attempt }: Command): string {
  return attempt === undefined ? '' : `export ${MARK_VARIABLE}=${quote(markOf(attempt))}\n`;
}

function plainTask(command: Command): string {
  const body = [
    ['set', '--', ...command.args.map(quote)].join(' '),
    ...(command.terminal === undefined ? [] : ['exec </dev/tty']),
    command.script,
  ].join('\n');
  const shell = command.shell === 'bash' ? 'bash' : 'sh';
  return `${OUTLIVE}
${'PATH' in command.env ? `shell=$(command -v ${shell})` : `shell=${shell}; command -v ${shell} >/dev/null`} || {
  printf '%s\\n' 'this host has no ${shell}' >&2
  exit 127
}
${markText(command)}cd 2>/dev/null || cd /
${command.workdir === undefined ? '' : `cd -- ${quote(command.workdir)} || exit 1`}
${Object.entries(command.env)
  .map(([name, value]) => `export ${name}=${quote(value)}`)
  .join('\n')}
${handedTo('"$shell" -eu', body)}`;
}

/** Shell text that starts a shell and hands it its script where nobody else sees it: never as an argument. Nothing may follow. */
function handedTo(shell: string, script: string): string {
  if (script.length > SHORT) return `printf '%s\\n' ${quote(script)} | ${shell} -c ${quote('eval "$(command -p cat)"')} runbook-studio`;
  const read = `eval "unset ${SCRIPT_VARIABLE}
$${SCRIPT_VARIABLE}"`;
  return `export ${SCRIPT_VARIABLE}=${quote(script)}
exec ${shell} -c ${quote(read)} runbook-studio`;
}
