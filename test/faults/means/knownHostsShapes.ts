import { createHmac } from 'node:crypto';

/** Whom a `known_hosts` file is written about. Keys are `TYPE BASE64`. */
export interface Subject {
  readonly host: string;
  readonly port: number;
  /** The key the host shows. */
  readonly right: string;
  /** Another key of the same type. */
  readonly wrong: string;
  /** A key of another type. */
  readonly otherType: string;
}

/** One way to write a `known_hosts` file. */
export interface KnownHostsShape {
  readonly name: string;
  readonly text: (subject: Subject) => string;
}

/** The name a host stands under (sshd(8)). */
export function nameOf({ host, port }: Subject): string {
  return port === 22 ? host : `[${host}]:${String(port)}`;
}

function hashed(name: string, salt = Buffer.alloc(20, 7)): string {
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

const shape = (name: string, text: (subject: Subject, known: string) => string): KnownHostsShape => ({
  name,
  text: (subject) => text(subject, nameOf(subject)),
});

/** The ways to write one: right and wrong ones, and ones that a careless reader takes for right. */
export const KNOWN_HOSTS_SHAPES: readonly KnownHostsShape[] = [
  shape('the right key', ({ right }, name) => `${name} ${right}\n`),
  shape('another key', ({ wrong }, name) => `${name} ${wrong}\n`),
  shape('an empty file', () => ''),
  shape('comments and empty lines', ({ right }, name) => `\n# ${name} ${right}\n\n  \n`),
  shape('a commented line', ({ right }, name) => `#${name} ${right}\n`),
  shape('a comment after the key', ({ right }, name) => `${name} ${right} root@example.com # put in by hand\n`),
  shape('tabs and many blanks', ({ right }, name) => ` \t${name}\t \t${right.replace(' ', '\t')}  \n`),
  shape('lines of Windows', ({ right, wrong }, name) => `db.example.com ${wrong}\r\n${name} ${right}\r\n`),
  shape('no end of line', ({ right }, name) => `${name} ${right}`),
  shape('a hashed name', ({ right }, name) => `${hashed(name)} ${right}\n`),
  shape('a hashed name, another key', ({ wrong }, name) => `${hashed(name)} ${wrong}\n`),
  shape('the hashed name of another host', ({ right }, name) => `${hashed(`${name}x`)} ${right}\n`),
  shape('a hashed name with an empty salt', ({ right }, name) => `${hashed(name, Buffer.alloc(0))} ${right}\n`),
  shape('a hash of another version', ({ right }, name) => `${hashed(name).replace('|1|', '|2|')} ${right}\n`),
  shape('a hash cut short', ({ right }, name) => `${hashed(name).slice(0, -4)} ${right}\n`),
  shape('a hashed name with a plain one behind it', ({ right }, name) => `${hashed(name)},other.example.com ${right}\n`),
  shape('a plain name with a hashed one behind it', ({ right }, name) => `other.example.com,${hashed(name)} ${right}\n`),
  shape('several names', ({ right }, name) => `web.example.org,${name},10.9.8.7 ${right}\n`),
  shape('several names without this one', ({ right }) => `web.example.org,10.9.8.7 ${right}\n`),
  shape('a star', ({ right }) => `* ${right}\n`),
  shape('question marks', ({ right }, name) => `${name.replaceAll(/[0-9a-z]/g, '?')} ${right}\n`),
  shape('a star in the middle', ({ right }, name) => `${name.slice(0, 2)}*${name.slice(-2)} ${right}\n`),
  shape('everybody but this host', ({ right }, name) => `*,!${name} ${right}\n`),
  shape('not this host, though everybody', ({ right }, name) => `!${name},* ${right}\n`),
  shape('only a negation', ({ right }, name) => `!${name} ${right}\n`),
  shape('any port', ({ right, host }) => `[${host}]:* ${right}\n`),
  shape('the name without its port', ({ right, host }) => `${host} ${right}\n`),
  shape('another port', ({ right, host, port }) => `[${host}]:${String(port + 1)} ${right}\n`),
  shape('brackets around the usual port', ({ right, host }) => `[${host}]:22 ${right}\n`),
  shape('capital letters', ({ right }, name) => `${name.toUpperCase()} ${right}\n`),
  shape('a longer name', ({ right }, name) => `${name}0 ${right}\n`),
  shape('a shorter name', ({ right }, name) => `${name.slice(0, -1)} ${right}\n`),
  shape('the right key, then another', ({ right, wrong }, name) => `${name} ${right}\n${name} ${wrong}\n`),
  shape('another key, then the right one', ({ right, wrong }, name) => `${name} ${wrong}\n${name} ${right}\n`),
  shape('the right key twice', ({ right }, name) => `${name} ${right}\n${name} ${right}\n`),
  shape('a key of another type', ({ otherType }, name) => `${name} ${otherType}\n`),
  shape('a key of another type, then the right one', ({ right, otherType }, name) => `${name} ${otherType}\n${name} ${right}\n`),
  shape('revoked', ({ right }, name) => `@revoked ${name} ${right}\n`),
  shape('right, then revoked', ({ right }, name) => `${name} ${right}\n@revoked ${name} ${right}\n`),
  shape('revoked, then right', ({ right }, name) => `@revoked ${name} ${right}\n${name} ${right}\n`),
  shape('right, and revoked everywhere', ({ right }, name) => `${name} ${right}\n@revoked * ${right}\n`),
  shape('right, and revoked under a hashed name', ({ right }, name) => `${name} ${right}\n@revoked ${hashed(name)} ${right}\n`),
  shape('right, and revoked elsewhere', ({ right }, name) => `${name} ${right}\n@revoked *,!${name} ${right}\n`),
  shape('right, and another key revoked', ({ right, wrong }, name) => `${name} ${right}\n@revoked * ${wrong}\n`),
  shape('the key of an authority', ({ right }, name) => `@cert-authority ${name} ${right}\n`),
  shape('another authority', ({ wrong }, name) => `@cert-authority ${name} ${wrong}\n`),
  shape('an authority for all, and the right key', ({ right, wrong }, name) => `@cert-authority * ${wrong}\n${name} ${right}\n`),
  shape('an authority for all, and another key', ({ right, wrong }, name) => `@cert-authority * ${right}\n${name} ${wrong}\n`),
  shape('a marker nobody knows', ({ right }, name) => `@trusted ${name} ${right}\n`),
  shape('a marker in capital letters', ({ right }, name) => `@REVOKED ${name} ${right}\n`),
  shape('a marker of its own line', ({ right }, name) => `@revoked\n${name} ${right}\n`),
  shape(
    'the wrong word for the type',
    ({ right, otherType }, name) => `${name} ${otherType.split(' ')[0] ?? ''} ${right.split(' ')[1] ?? ''}\n`,
  ),
  shape('a key cut short', ({ right }, name) => `${name} ${right.slice(0, -8)}\n`),
  shape('a key with something behind it', ({ right }, name) => `${name} ${right}AAAA\n`),
  shape('no key', ({ right }, name) => `${name} ${right.split(' ')[0] ?? ''}\n`),
  shape('no type', ({ right }, name) => `${name} ${right.split(' ')[1] ?? ''}\n`),
  shape('a line of the first protocol', (_subject, name) => `${name} 1024 35 1234567890\n`),
  shape('a byte order mark', ({ right }, name) => `\uFEFF${name} ${right}\n`),
  shape('a blank that is none', ({ right }, name) => `\u00A0${name} ${right}\n`),
  shape('a zero byte in the name', ({ right }, name) => `${name}\0,x ${right}\n`),
  shape('a very long comment', ({ right }, name) => `${name} ${right} ${'x'.repeat(100_000)}\n`),
  shape('a thousand other hosts first', ({ right, wrong }, name) => `${`host.example.net ${wrong}\n`.repeat(1000)}${name} ${right}\n`),
];
