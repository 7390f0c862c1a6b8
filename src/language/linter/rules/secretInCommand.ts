import type { Step } from '../../schema/generated/runbook.js';
import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';
import type { TextPlace } from '../walk.js';

/** Not a variable, an expression, a path, a placeholder or a word that stands for one. */
const LITERAL = String.raw`(?![$%{<*/]|x{3,}|\.{3}|(?:true|false|yes|no|none|null|prompt|ask)(?![\w-]))`;
const SECRET_NAME = String.raw`(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)`;
/** The same with what may stand before it: `PGPASSWORD`, `--db-token`, but no `compass`. */
const NAMED = String.raw`(?:[\w-]*(?:password|passwd|passphrase|secret|api[_-]?key)|(?:[\w-]*[_-])?(?:pass|pwd|token|access[_-]?key|private[_-]?key))`;
const IN_TEXT: readonly RegExp[] = [
  new RegExp(String.raw`(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^\s/:@"']{1,200}:${LITERAL}([^\s/@"']+)@`, 'gi'),
  new RegExp(String.raw`\bauthorization["']?\s*:\s*(?:bearer|basic|token)\s+${LITERAL}([^\s"']+)`, 'gi'),
  /-----BEGIN [A-Z ]*(PRIVATE KEY)-----/g,
];
const IN_COMMAND: readonly RegExp[] = [
  new RegExp(String.raw`(?:^|[\s"'?&;])${NAMED}=["']?${LITERAL}([^\s"'&;|$()]{3,})`, 'gim'),
  new RegExp(String.raw`(?:^|[\s"'])${NAMED}:\s+["']?${LITERAL}(?=\S*\d)([^\s"'&;|$()]{3,})`, 'gim'),
  new RegExp(String.raw`\s--?[\w-]*${SECRET_NAME}\s+["']?(?!-)${LITERAL}([^\s"'&;|$()]{3,})`, 'gim'),
  new RegExp(String.raw`\b(?:ipmitool\b[^\n|;]{0,300}\s-P|sshpass\s+-p)\s*["']?${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\bmysql\w*\b[^\n|;]{0,300}\s-p${LITERAL}([^\s"'$]+)`, 'g'),
  new RegExp(String.raw`\bcurl\b[^\n|;]{0,300}\s(?:-u|--user)\s+["']?[^\s:"'$]+:${LITERAL}([^\s"'$]+)`, 'g'),
];
/** By its last word: `DB_PASSWORD` and `password2`, but no `SECRET_SERVER` and no `TOKEN_TTL`. */
const SECRET_KEY = new RegExp(
  String.raw`(?:^|[_-])${SECRET_NAME}(?:[_-]?(?:\d+|value|text|plain|base64|b64|old|new|current))?$|^authorization$`,
  'i',
);
const SECRET_KEY_IN_HUMPS = /[a-z](?:Password|Passphrase|Secret|Token|ApiKey|AccessKey|PrivateKey)$/;
/** What containers call a secret is its name. */
const OF_CONTAINERS = /\b(?:docker|podman|buildah|nerdctl)\b[^\n;|]{0,300}\s--secret[= ]\S*$/;
const NO_SECRET = /(?:file|path|dir|url|uri|name|id|type)$/i;

export const secretInCommand: Rule = {
  id: 'secret-in-command',
  family: 'security',
  severity: 'warning',
  rationale: 'What stands in a runbook is read by everybody who may read it, for ever, and by the list of processes while it runs.',
  cites: ['capability 72', 'threat T12'],
  *check({ texts, document, steps }) {
    const secretAnswers = new Set<object>(steps.flatMap(({ step }) => step.answers ?? []).filter(({ secret }) => secret === true));
    for (const place of texts) {
      if (place.format !== 'template' && !place.script) continue;
      const part =
        secretIn(place) ?? secretOption(place) ?? (secretAnswers.has(place.container) && place.key === 'answer' ? whole(place) : undefined);
      if (part === undefined) continue;
      const range = sourceRange(document.text, place.range, place.text, part);
      yield {
        range,
        message:
          'a secret stands here for all to read; declare it under "secrets", change it where it is valid, and hand it over as "${{ secrets.NAME }}"',
      };
    }
  },
};

function secretIn(place: TextPlace): Range | undefined {
  const inText = place.script || isArgument(place) ? (secretInText(place.text) ?? secretInProgram(place.text)) : secretInText(place.text);
  return inText ?? (isSecretKey(place) ? whole(place) : undefined);
}

const secretInText = rememberByText((text) => firstSecret(IN_TEXT, text));
const secretInProgram = rememberByText((text) => firstSecret(IN_COMMAND, text));

function firstSecret(patterns: readonly RegExp[], text: string): Range | undefined {
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? '';
      if (OF_CONTAINERS.test(text.slice(0, match.index + match[0].length))) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      return { start, end: start + secret.length };
    }
  }
  return undefined;
}

/** `PASSWORD: hunter2` in `env`, `headers`, `form` and `json`, and the `password` of a request. */
function isSecretKey({ key, around }: TextPlace): boolean {
  return typeof key === 'string' && around.secrets && (SECRET_KEY.test(key) || SECRET_KEY_IN_HUMPS.test(key)) && !NO_SECRET.test(key);
}

/** `args: [--password, hunter2]`. */
function secretOption(place: TextPlace): Range | undefined {
  if (!Array.isArray(place.container) || typeof place.key !== 'number') return undefined;
  const before: unknown = place.container[place.key - 1];
  const option = new RegExp(String.raw`^--?[\w-]*${SECRET_NAME}$`, 'i');
  return typeof before === 'string' && option.test(before) && !place.text.startsWith('-') ? whole(place) : undefined;
}

function isArgument({ label }: TextPlace): boolean {
  return label === ('args' satisfies keyof Step) || label === 'value';
}

/** The whole text, when all of it is written out. */
function whole({ text }: TextPlace): Range | undefined {
  return text === '' || text.includes('${{') || /^[$%<]|^\//.test(text) ? undefined : { start: 0, end: text.length };
}
