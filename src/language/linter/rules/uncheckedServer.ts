import type { Range } from '../../text/range.js';
import { rememberByText } from '../../text/remembered.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Rule } from '../rule.js';
import { scriptsIn } from '../shell/scripts.js';
import type { ScriptPlace } from '../shell/scripts.js';

/** Options by which programs stop asking who it is that answers. */
const ANYWHERE =
  /StrictHostKeyChecking[= ]["']?(?:no|off)\b|UserKnownHostsFile[= ]["']?\/dev\/null|\bssh-keyscan\b[^\n;|]{0,300}>>?\s*\S*known_hosts\S*|--no-check-certificates?\b|--insecure-skip-tls-verify\b|http\.sslVerify[= ]["']?(?:false|0)\b|--nogpgcheck\b|--no-gpg-checks\b|--allow-unauthenticated\b|\[trusted=yes\]|--trusted-host\b|strict-ssl[= ]["']?false\b|-SkipCertificateCheck\b|-SkipPublisherCheck\b|ServerCertificateValidationCallback\b|TrustAllCertsPolicy\b/gi;
const OF_CURL = /\s(-[a-zA-Z]*k[a-zA-Z]*|--insecure|--proxy-insecure)(?=\s|$)/;
/** Variables that do the same, with the values that do. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(?:1|true|yes)$/i,
  ANSIBLE_HOST_KEY_CHECKING: /^(?:0|false|no)$/i,
  CURL_INSECURE: /^(?:1|true|yes)$/i,
};

export const uncheckedServer: Rule = {
  id: 'unchecked-server',
  scope: 'step',
  family: 'security',
  severity: 'warning',
  rationale:
    'Without a look at the key or certificate, whoever stands in between answers in the name of the server and sees all that is sent.',
  cites: ['threat T15'],
  *check(context) {
    const { texts, document } = context;
    for (const script of scriptsIn(context))
      for (const part of inScript(script)) yield { range: script.rangeOf(part), message: said(script.text, part) };
    for (const { text, range, label, key, container } of texts) {
      if (label === 'args' || label === 'value') {
        for (const match of text.matchAll(ANYWHERE)) {
          const part = { start: match.index, end: match.index + match[0].length };
          yield { range: sourceRange(document.text, range, text, part), message: said(text, part) };
        }
      }
      const off = label === 'env' && typeof key === 'string' && Object.hasOwn(VARIABLES, key) ? VARIABLES[key] : undefined;
      if (off?.test(text) === true)
        yield { range: document.positions.key(container, String(key)) ?? range, message: said(String(key), { start: 0, end: 100 }) };
    }
  },
};

const anywhereIn = rememberByText((code): readonly Range[] =>
  [...code.matchAll(ANYWHERE)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
);

function* inScript({ code, commands, text }: ScriptPlace): Generator<Range> {
  yield* anywhereIn(code);
  for (const { program, bareRest, programRange } of commands) {
    const match = program === 'curl' ? OF_CURL.exec(bareRest) : null;
    const option = match?.[1] ?? '';
    // A letter behind one that takes a value belongs to that value.
    if (match === null || /^-[a-zA-Z]*?[oHdXuAebcmTFw]\w*k/.test(option)) continue;
    const start = programRange.end + match.index + 1;
    yield { start, end: start + option.length };
  }
  for (const [name, off] of Object.entries(VARIABLES)) {
    if (!text.includes(name)) continue;
    const match = new RegExp(String.raw`(?:^|[\s;&|])(?:export\s+|\$env:)?${name}\s*=\s*["']?(\w+)`).exec(text);
    if (match !== null && off.test(match[1] ?? '') && code.includes(match[0]))
      yield { start: match.index + match[0].indexOf(name), end: match.index + match[0].length };
  }
}

function said(text: string, { start, end }: Range): string {
  return `"${text.slice(start, end).trim()}" takes whoever answers for the server; remove it, and give the certificate or host key that is expected`;
}
