import type { Step } from '../../schema/generated/runbook.js';
import type { Range } from '../../text/range.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';
import { SECRET_NAME, secretInProgram, secretInText, standsForSecret } from '../secretsInText.js';
import type { TextPlace } from '../walk.js';

/** By its last word: `DB_PASSWORD` and `password2`, but no `SECRET_SERVER` and no `TOKEN_TTL`. */
const SECRET_KEY = new RegExp(
  String.raw`(?:^|[_-])${SECRET_NAME}(?:[_-]?(?:\d+|value|text|plain|base64|b64|old|new|current))?$|^authorization$`,
  'i',
);
const SECRET_KEY_IN_HUMPS = /[a-z](?:Password|Passphrase|Secret|Token|ApiKey|AccessKey|PrivateKey)$/;
const SECRET_OPTION = new RegExp(String.raw`^--?[\w-]*${SECRET_NAME}$`, 'i');
const NO_SECRET = /(?:file|path|dir|url|uri|name|id|type)$/i;

export const secretInCommand: Rule = {
  id: 'secret-in-command',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale: 'What stands in a runbook is read by everybody who may read it, for ever, and by the list of processes while it runs.',
  cites: ['capability 72', 'threat T12'],
  *check({ texts, document, steps }) {
    const secretAnswers = new Set<object>(steps.flatMap(({ step }) => step.answers ?? []).filter(({ secret }) => secret === true));
    for (const place of texts) {
      const part = place.format === 'template' || place.script ? handedOver(place, secretAnswers) : written(place);
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

/** In what reaches a program, a server or a question. */
function handedOver(place: TextPlace, secretAnswers: ReadonlySet<object>): Range | undefined {
  const inText = place.script || isArgument(place) ? (secretInText(place.text) ?? secretInProgram(place.text)) : secretInText(place.text);
  const isValue = isSecretKey(place) || isSecretOption(place) || (secretAnswers.has(place.container) && place.key === 'answer');
  return inText ?? (isValue ? whole(place) : undefined);
}

/** In what only people read; there, "password" stands for one. */
function written({ format, text }: TextPlace): Range | undefined {
  const found = format === undefined || format === 'markdown' ? secretInText(text) : undefined;
  return found === undefined || standsForSecret(text.slice(found.start, found.end)) ? undefined : found;
}

/** `PASSWORD: hunter2` in `env`, `headers`, `form` and `json`, and the `password` of a request. */
function isSecretKey({ key, around }: TextPlace): boolean {
  return typeof key === 'string' && around.secrets && (SECRET_KEY.test(key) || SECRET_KEY_IN_HUMPS.test(key)) && !NO_SECRET.test(key);
}

/** `args: [--password, hunter2]`. */
function isSecretOption({ container, key, text }: TextPlace): boolean {
  const before: unknown = Array.isArray(container) && typeof key === 'number' ? container[key - 1] : undefined;
  return typeof before === 'string' && SECRET_OPTION.test(before) && !text.startsWith('-');
}

function isArgument({ label }: TextPlace): boolean {
  return label === ('args' satisfies keyof Step) || label === 'value';
}

/** The whole text, when all of it is written out and is no name of a secret. */
function whole({ text }: TextPlace): Range | undefined {
  return text === '' || text.includes('${{') || /^[$%<`]|^\//.test(text) || standsForSecret(text)
    ? undefined
    : { start: 0, end: text.length };
}
