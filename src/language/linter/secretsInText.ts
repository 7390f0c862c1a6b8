import type { Range } from '../text/range.js';
import { rememberByText } from '../text/remembered.js';

/** Words that stand where a secret would, and are none. */
const STAND_IN = String.raw`(?:x{3,}|\.{3}|\*{3}|(?:true|false|yes|no|none|null|prompt|ask)(?![\w-]))`;
/** Not a variable, an expression, a path, a placeholder, what a command gives, or a word that stands for one. */
const LITERAL = String.raw`(?![$%{<*/\x60]|${STAND_IN})`;
/** How what holds a secret is called. */
export const SECRET_NAME = String.raw`(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)`;
/** The same with what may stand before it: `PGPASSWORD`, `--db-token`, but no `compass`, and no `existingSecret`. */
const NAMED = String.raw`(?!existing)(?:[\w-]*(?:password|passwd|passphrase|secret|api[_-]?key)|(?:[\w-]*[_-])?(?:pass|pwd|token|access[_-]?key|private[_-]?key))`;
const IN_TEXT: readonly RegExp[] = [
  new RegExp(String.raw`(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^\s/:@"']{1,200}:${LITERAL}([^\s/@"']+)@`, 'gi'),
  new RegExp(String.raw`\bauthorization["']?\s*:\s*(?:bearer|basic|token)\s+${LITERAL}([^\s"']+)`, 'gi'),
  /-----BEGIN [A-Z ]*(PRIVATE KEY)-----/g,
  // What services begin their tokens with, so that they can be found.
  /(?<![\w-])(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16}|xox[abposr]-[\w-]{10,}|glpat-[\w-]{16,}|sk_live_\w{16,})/g,
];
const IN_COMMAND: readonly RegExp[] = [
  new RegExp(String.raw`(?:^|[\s"'?&;=,.])${NAMED}=["']?${LITERAL}([^\s"'&;|$()]{3,})`, 'gim'),
  new RegExp(String.raw`(?:^|[\s"'])${NAMED}:\s+["']?${LITERAL}(?=\S*\d)([^\s"'&;|$()]{6,})`, 'gim'),
  new RegExp(String.raw`\s--?[\w-]*${SECRET_NAME}\s+["']?(?!-)${LITERAL}([^\s"'&;|$()]{3,})`, 'gim'),
  new RegExp(String.raw`\b(?:ipmitool\b[^\n|;]{0,300}\s-P|sshpass\s+-p)\s*["']?${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\bmysql\w*\b[^\n|;]{0,300}\s-p${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\bcurl\b[^\n|;]{0,300}\s(?:-[a-zA-Z]{0,8}u\s*|--user[\s=]+)["']?[^\s:"'$]+:${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(
    String.raw`\b(?:docker|podman|nerdctl|buildah|helm|oc|az)\s+(?:registry\s+)?login\b[^\n|;]{0,300}\s-p\s*["']?${LITERAL}([^\s"'$]+)`,
    'g',
  ),
  new RegExp(String.raw`\bredis-cli\b[^\n|;]{0,300}\s-a\s+["']?${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\s-pass(?:in|out)?\s+["']?pass:${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\b(?:user|role|login)\b[^\n;]{0,200}\bpassword\s*=?\s*'${LITERAL}([^'\s]{3,})'`, 'gi'),
  new RegExp(String.raw`\bidentified\s+by\s+(?:password\s+)?["']${LITERAL}([^"'\s]{3,})["']`, 'gi'),
  new RegExp(String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)?["']?[\w.-]{1,64}:${LITERAL}([^\s"'|$]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd\b`, 'g'),
  new RegExp(
    String.raw`\b(?:echo|printf)\s+(?:-\w+\s+)?["']?(?!-)${LITERAL}([^\s"'|;&$]{3,})["']?\s*\|\s*(?:[^\n|;]{0,200}\s--password-stdin|sudo\s+-S|(?:sudo\s+)?passwd\s+--stdin)\b`,
    'g',
  ),
  new RegExp(String.raw`\b\w*(?:secret_access_key|session_token)\s+["']?(?!-)${LITERAL}([^\s"'&;|$()]{3,})`, 'gi'),
  new RegExp(String.raw`\bConvertTo-SecureString\b(?=[^\n|]{0,300}-AsPlainText)[^\n|'"]{0,60}["']${LITERAL}([^"'\n$]+)["']`, 'gi'),
];
/** Most texts have nothing of it, and are done with at once: each pattern above finds only what has one of these. */
const ANY_IN_TEXT = /:\/\/|authorization|-----BEGIN|gh[pousr]_|github_pat_|AKIA|xox[abposr]-|glpat-|sk_live_/i;
const ANY_IN_COMMAND = /pass|pwd|secret|token|key|ipmitool|mysql|curl|login|redis-cli|identified|securestring|sudo/i;

/** What containers call a secret is its name. */
const OF_CONTAINERS = /\b(?:docker|podman|buildah|nerdctl)\b[^\n;|]{0,300}\s--secret[= ]\S*$/;
/** What is searched for is in the file that is searched, if anywhere. */
const SEARCHED =
  /(?:^|[|;&(\n])[ \t]*(?:(?:if|while|until|!|sudo|then|do)[ \t]+){0,4}(?:[efz]?grep|rg|findstr|Select-String)[ \t][^|;&\n]*$/i;
/** As far back as a command is looked at. */
const LOOK_BACK = 400;
/** `prod-db-credentials`, `prod/db`: where a secret is kept, by words only. */
const NAME_OF_SECRET =
  /^(?:[a-z]+(?:[-_./][a-z]+)*[-_./])?(?:credentials?|creds?|secrets?|passwords?|passwd|tokens?|keys?)$|^[a-z]+(?:-[a-z]+)*(?:\/[a-z]+(?:-[a-z]+)*)+$/i;
const ONLY_STAND_IN = new RegExp(String.raw`^${STAND_IN}$`, 'i');

/** Where the first secret stands that shows in any text: in an address, a header, a key, or a token that says what it is. */
export const secretInText = rememberByText((text) => (ANY_IN_TEXT.test(text) ? firstSecret(IN_TEXT, text) : undefined));

/** Where the first secret stands that is handed to a program. */
export const secretInProgram = rememberByText((text) => (ANY_IN_COMMAND.test(text) ? firstSecret(IN_COMMAND, text) : undefined));

/** Whether a value written out only names where the secret is, or says that there is none. */
export function standsForSecret(value: string): boolean {
  return NAME_OF_SECRET.test(value) || ONLY_STAND_IN.test(value);
}

function firstSecret(patterns: readonly RegExp[], text: string): Range | undefined {
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? '';
      const end = match.index + match[0].length;
      const start = match.index + match[0].lastIndexOf(secret);
      const before = text.slice(Math.max(0, end - LOOK_BACK), end);
      if (patterns === IN_COMMAND && (namesOnly(secret) || SEARCHED.test(before) || OF_CONTAINERS.test(before))) continue;
      return { start, end: start + secret.length };
    }
  }
  return undefined;
}

/** As for values, but a password that is just "secret" is one. */
function namesOnly(secret: string): boolean {
  return /[-_./]/.test(secret) && NAME_OF_SECRET.test(secret);
}
