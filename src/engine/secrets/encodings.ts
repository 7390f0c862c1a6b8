import { withoutEscapes } from './escapeSight.js';
import { SHORTEST_SECRET } from './strength.js';

/** A line or a member of a secret that is shorter says little, and stands in ordinary text. In characters. */
const SHORTEST_PART = 8;
/** Widths at which tools break base64 (MIME, PEM). */
const BASE64_WIDTHS = [76, 64];

/** Every spelling in which a secret may turn up in output, as bytes. */
export function spellings(secret: string): readonly Buffer[] {
  const found = new Map<string, Buffer>();
  const add = (bytes: Buffer): void => {
    if (bytes.length >= SHORTEST_SECRET) found.set(bytes.toString('latin1'), bytes);
  };
  for (const text of texts(secret)) {
    const forms = [text, ...jsonForms(text), ...urlForms(text), ...xmlForms(text), ...shellForms(text), ...doubledForms(text)];
    for (const spelling of forms) add(Buffer.from(spelling));
    add(withoutEscapes(Buffer.from(text)));
    add(Buffer.from(text, 'utf16le'));
    const bytes = Buffer.from(text);
    for (const spelling of [...base64Forms(bytes), ...hexForms(bytes), ...byteEscapes(bytes)]) add(Buffer.from(spelling));
  }
  return [...found.values()];
}

/** The secret as it is, trimmed, with the line ends a terminal makes of it, each of its lines, and the texts in it where it is JSON. */
function texts(secret: string): readonly string[] {
  const lf = secret.replaceAll('\r\n', '\n');
  const whole = [secret, lf, lf.replaceAll('\n', '\r\n')];
  const lines = lf.includes('\n') ? lf.split('\n').map((line) => line.trim()) : [];
  const parts = [...lines, ...members(secret)].filter((text) => text.length >= SHORTEST_PART);
  return [...new Set([...whole, ...whole.map((text) => text.trim()), ...parts])];
}

/** The texts inside a secret that is a JSON object or list: `{"user": …, "password": …}`. */
function members(secret: string): readonly string[] {
  if (!/^\s*[{[]/.test(secret)) return [];
  try {
    return textsIn(JSON.parse(secret));
  } catch {
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function jsonForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = escaped(json, /[\u0080-\uffff]/g);
  // Encoders for web pages also escape what could end a script; some write the digits in upper case.
  const forPages = [/[<>&\u0080-\uffff]/g, /[<>&'\u0080-\uffff]/g, /[<>&'+\u0080-\uffff]/g].map((unsafe) => escaped(json, unsafe));
  const slashed = json.replaceAll('/', '\\/');
  const all = [json, ascii, slashed, escaped(slashed, /[\u0080-\uffff]/g), ...forPages];
  return [
    ...all,
    ...all.map((form) => form.replaceAll(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`)),
    JSON.stringify(json).slice(1, -1),
  ];
}

function escaped(text: string, unsafe: RegExp): string {
  return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function urlForms(text: string): readonly string[] {
  const strict = percentEncoded(text, /[A-Za-z0-9\-._~]/);
  const component = percentEncoded(text, /[A-Za-z0-9\-._~!'()*]/);
  const path = percentEncoded(text, /[A-Za-z0-9\-._~!'()*;,/?:@&=+$#]/);
  const form = percentEncoded(text, /[A-Za-z0-9\-._* ]/).replaceAll(' ', '+');
  const all = [strict, component, path, form];
  return [...all, ...all.map((encoded) => encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

function percentEncoded(text: string, plain: RegExp): string {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte);
    encoded += plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function xmlForms(text: string): readonly string[] {
  const markup = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const named = markup.replaceAll('"', '&quot;');
  return [
    markup,
    named,
    named.replaceAll("'", '&apos;'),
    named.replaceAll("'", '&#39;'),
    markup.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    named.replaceAll("'", '&#x27;'),
    named.replaceAll("'", '&#039;'),
  ];
}

function shellForms(text: string): readonly string[] {
  return [
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll(/["\\$`]/g, '\\$&'),
    text.replaceAll(/["\\$`!]/g, '\\$&'),
    text.replaceAll(/[^A-Za-z0-9_\-.,:/@%+=\u0080-\uffff]/g, '\\$&'),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t'),
    text.replaceAll(/["$`]/g, '`$&'),
    text.replaceAll(/[&|<>^()%!"]/g, '^$&'),
  ];
}

/** Characters that a language of templates, formats or quotes doubles, and the escapes of log commands (`%25`). */
function doubledForms(text: string): readonly string[] {
  return [
    text.replaceAll("'", "''"),
    text.replaceAll('"', '""'),
    text.replaceAll('$', '$$$$'),
    text.replaceAll('%', '%%'),
    text.replaceAll('{', '{{').replaceAll('}', '}}'),
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'),
  ];
}

function hexForms(bytes: Buffer): readonly string[] {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const all = ['', ' ', ':', '-'].map((between) => pairs.join(between));
  return [...all, ...all.map((form) => form.toUpperCase())];
}

/** What is no ASCII as programs write it that do not trust the terminal with it: `\303\244`, `\xc3\xa4`. */
function byteEscapes(bytes: Buffer): readonly string[] {
  const each = (write: (byte: number) => string): string =>
    [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : write(byte))).join('');
  return [each((byte) => `\\${byte.toString(8).padStart(3, '0')}`), each((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)];
}

/** Base64 of the secret wherever it stands in longer data: the characters that it alone decides, for each of the three places it may begin at. */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    forms.push(encoded.slice(start, end), encoded.slice(start), encoded.slice(start).replaceAll('=', ''));
  }
  const broken = BASE64_WIDTHS.flatMap((width) => forms.slice(0, 2).flatMap((form) => inLines(form, width)));
  const all = [...forms, ...broken];
  return [...all, ...all.map((encoded) => encoded.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** The lines a text is broken into; none when it fits on one. */
function inLines(text: string, width: number): readonly string[] {
  const lines = [...text.matchAll(new RegExp(`.{1,${String(width)}}`, 'g'))].map(([line]) => line);
  return lines.length > 1 ? lines : [];
}
