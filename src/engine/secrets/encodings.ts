/** Shorter pieces would hide half of a log without hiding a secret. In bytes. */
const SHORTEST = 4;
/** Widths at which tools break base64 (MIME, PEM). */
const BASE64_WIDTHS = [76, 64];

/** Every spelling in which a secret may turn up in output, as bytes. */
export function spellings(secret: string): readonly Buffer[] {
  const found = new Map<string, Buffer>();
  const add = (bytes: Buffer): void => {
    if (bytes.length >= SHORTEST) found.set(bytes.toString('latin1'), bytes);
  };
  for (const text of texts(secret)) {
    for (const spelling of [text, ...jsonForms(text), ...urlForms(text), ...xmlForms(text), ...shellForms(text)])
      add(Buffer.from(spelling));
    add(Buffer.from(text, 'utf16le'));
    const bytes = Buffer.from(text);
    for (const spelling of [...base64Forms(bytes), bytes.toString('hex'), bytes.toString('hex').toUpperCase()]) add(Buffer.from(spelling));
  }
  return [...found.values()];
}

/** The secret as it is, trimmed, with the line ends a terminal makes of it, and each of its lines. */
function texts(secret: string): readonly string[] {
  const lf = secret.replaceAll('\r\n', '\n');
  const whole = [secret, lf, lf.replaceAll('\n', '\r\n')];
  const lines = lf.includes('\n') ? lf.split('\n').map((line) => line.trim()) : [];
  return [...new Set([...whole, ...whole.map((text) => text.trim()), ...lines])].filter((text) => text.length >= SHORTEST);
}

function jsonForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [json, ascii, json.replaceAll('/', '\\/'), JSON.stringify(json).slice(1, -1)];
}

function urlForms(text: string): readonly string[] {
  const strict = percentEncoded(text, /[A-Za-z0-9\-._~]/);
  const component = percentEncoded(text, /[A-Za-z0-9\-._~!'()*]/);
  const form = percentEncoded(text, /[A-Za-z0-9\-._* ]/).replaceAll(' ', '+');
  const all = [strict, component, form];
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
    text.replaceAll("'", "''"),
    text.replaceAll('$', '$$$$'),
    text.replaceAll(/["$`]/g, '`$&'),
  ];
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
  const lines = text.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? [];
  return lines.length > 1 ? lines : [];
}
