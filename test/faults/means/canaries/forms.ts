/** A way in which a program may print a secret. Written without the product's own list, which it is to be held against. */
export interface Form {
  readonly name: string;
  readonly encode: (secret: string) => string;
}

/** Stands before a secret whose base64 begins in mid-group. */
const BEFORE = 'u:';

/** The twelve forms every canary is printed in. */
export const FORMS: readonly Form[] = [
  { name: 'as it is', encode: (secret) => secret },
  { name: 'with the line ends of a terminal', encode: (secret) => secret.split('\n').join('\r\n') },
  { name: 'JSON', encode: (secret) => JSON.stringify({ v: secret }).slice(6, -2) },
  { name: 'JSON in ASCII', encode: (secret) => asciiJson(secret) },
  { name: 'part of an address', encode: (secret) => encodeURIComponent(secret) },
  {
    name: 'part of an address, in lower case',
    encode: (secret) => encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
  },
  { name: 'field of a form', encode: (secret) => new URLSearchParams([['', secret]]).toString().slice(1) },
  { name: 'XML', encode: (secret) => xml(secret) },
  { name: 'word of a shell', encode: (secret) => secret.split("'").join(`'\\''`) },
  { name: 'base64', encode: (secret) => Buffer.from(secret).toString('base64') },
  // Four characters at each end belong to its neighbours as well.
  { name: 'base64 of more than it', encode: (secret) => Buffer.from(`${BEFORE}${secret};`).toString('base64').slice(4, -4) },
  { name: 'hexadecimal', encode: (secret) => Buffer.from(secret).toString('hex') },
];

function asciiJson(secret: string): string {
  let text = '';
  for (let at = 0; at < secret.length; at++) {
    const unit = secret.charCodeAt(at);
    const plain = unit >= 0x20 && unit < 0x7f;
    text += plain ? JSON.stringify(secret[at]).slice(1, -1) : unit === 10 ? '\\n' : `\\u${unit.toString(16).padStart(4, '0')}`;
  }
  return text;
}

function xml(secret: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return [...secret].map((character) => names[character] ?? character).join('');
}

/** Text of a line that shows a secret in a form; nothing of the line itself is secret. */
export function lineWith(form: Form, index: number, secret: string): string {
  const shown = form.name === 'base64 of more than it' ? Buffer.from(`${BEFORE}${secret};`).toString('base64') : form.encode(secret);
  return `line ${String(index)} >>${shown}<< end\n`;
}

/** One secret for each form, told apart from all others: a run that shows one shows in which form it did. */
export function canaries(random: () => number): readonly string[] {
  const piece = (): string =>
    Math.floor(random() * 0xfff_ffff)
      .toString(36)
      .padStart(6, 'z');
  return FORMS.map((_, index) =>
    index === 1 ? `${piece()}${piece()}\n${piece()}/${piece()}\n${piece()}${piece()}` : `${piece()}&"é%$ ${piece()}<'/+${piece()}`,
  );
}

/** Finds canaries, whole or half of one, in any form. */
export class CanarySearch {
  readonly #needles: readonly { readonly bytes: Buffer; readonly name: string }[];

  constructor(secrets: readonly string[]) {
    this.#needles = secrets.flatMap((secret, index) =>
      FORMS.flatMap((form) => {
        const text = form.encode(secret);
        const middle = Math.floor(text.length / 2);
        return [text.slice(0, middle), text.slice(middle)].map((half) => ({
          bytes: Buffer.from(half),
          name: `canary ${String(index)} as ${form.name}`,
        }));
      }),
    );
  }

  /** What is found in some bytes, by canary and form; the number of the canary is the number of the form it was printed in. */
  in(bytes: Uint8Array | string): readonly string[] {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return [...new Set(this.#needles.filter((needle) => all.includes(needle.bytes)).map(({ name }) => name))];
  }
}
