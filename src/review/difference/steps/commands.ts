import type { Answer } from '../../../language/index.js';
import { isSame } from '../meaning.js';
import type { Data } from '../meaning.js';
import { beforeAfter, quoted, short } from '../words.js';
import type { PartPair } from './partPair.js';

/** Parts of what is done that no tool can judge: a person must read them. */
const READ_THEM = {
  run: 'the script of',
  args: 'the arguments of',
  env: 'the environment of',
  shell: 'the shell of',
  workdir: 'the directory of',
  http: 'the request of',
  service: 'the service of',
  upload: 'the upload of',
} as const;

/** What is run on hosts or sent to them, and with whose rights. */
export function compareCommands(pair: PartPair): void {
  for (const [key, name] of Object.entries(READ_THEM)) {
    // An action that is another one altogether is told of elsewhere.
    const isAction = ['run', 'http', 'service', 'upload'].includes(key);
    if (!pair.differs(key) || (isAction && (pair.before(key) === undefined || pair.after(key) === undefined))) continue;
    pair.tell('script-changed', `${name} ${pair.label}: ${beforeAfter(pair.before(key), pair.after(key))}`, key);
  }
  if (pair.differs('download') && pair.before('download') !== undefined && pair.after('download') !== undefined)
    pair.tell(
      'script-changed',
      `the download of ${pair.label}: ${beforeAfter(pair.before('download'), pair.after('download'))}`,
      'download',
      'notable',
    );
  if (pair.differs('terminal'))
    pair.tell(
      'script-changed',
      `${pair.label} runs ${pair.after('terminal') === true ? 'in' : 'without'} a terminal`,
      'terminal',
      'notable',
    );
  if (pair.differs('outputs')) pair.tell('value-changed', `the values that ${pair.label} yields are found in another way`, 'outputs');
  compareReboot(pair);
  compareBecome(pair);
  compareAnswers(pair);
}

/** When a host counts as back is a check of its own. */
function compareReboot(pair: PartPair): void {
  const [before, after] = [pair.before('reboot') as Data | undefined, pair.after('reboot') as Data | undefined];
  if (before === undefined || after === undefined || isSame(before['command'], after['command'])) return;
  pair.tell('script-changed', `the reboot of ${pair.label}: ${beforeAfter(before['command'], after['command'])}`, 'reboot');
}

function compareBecome(pair: PartPair): void {
  for (const key of ['check', 'wait', 'verify', 'unless', 'reboot'])
    if (!mentionsBecome(pair.before(key)) && mentionsBecome(pair.after(key)))
      pair.tell('become-added', `${key} of ${pair.label} now runs with the rights of another user`, key);
  if (!pair.differs('become')) return;
  const [before, after] = [userOf(pair.before('become')), userOf(pair.after('become'))];
  if (after === undefined)
    pair.tell('script-changed', `${pair.label} no longer runs with the rights of ${before ?? 'another user'}`, 'become', 'notable');
  else if (before !== after)
    pair.tell('become-added', `${pair.label} now runs with the rights of ${after}; before: ${before ?? 'the login user'}`, 'become');
  else pair.tell('script-changed', `${pair.label} takes another password for becoming ${after}`, 'become');
}

function userOf(become: unknown): string | undefined {
  if (become === undefined || become === false) return undefined;
  const user = typeof become === 'object' ? (become as Data)['user'] : undefined;
  return typeof user === 'string' ? user : 'root';
}

function mentionsBecome(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => (key === 'become' && member !== false) || mentionsBecome(member));
}

/** What the program is answered. An answer that must never be needed is a check. */
function compareAnswers(pair: PartPair): void {
  if (!pair.differs('answers')) return;
  const before = (pair.before('answers') ?? []) as readonly Answer[];
  const after = (pair.after('answers') ?? []) as readonly Answer[];
  const gone = before.filter((one) => !after.some((other) => isSame(one, other)));
  const forbidden = gone.filter(({ never }) => never !== undefined);
  for (const { prompt } of forbidden)
    pair.tell('check-weakened', `${pair.label} no longer fails, as it was, at the question ${quoted(prompt)}`, 'answers');
  if (forbidden.length === gone.length && after.length < before.length) return;
  pair.tell('script-changed', `what ${pair.label} answers to its program: ${beforeAfter(before, after)}`, 'answers');
}

/** What a way does, in a few words, for a step that is gone or new. */
export function actionInWords(data: Data, action: string | undefined): string {
  return action === undefined ? 'advice' : `${action}: ${short(data[action])}`;
}
