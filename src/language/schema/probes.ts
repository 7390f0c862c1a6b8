import { atMostOneOf, closed, flag, listOf, oneOfThese, plain, ref, text } from './jsonSchema.js';
import type { JsonSchema } from './jsonSchema.js';

/** Every kind of probe, in the order the reference lists them. */
export const PROBE_KINDS = [
  'command',
  'file',
  'port',
  'process',
  'service',
  'http',
  'host',
  'login',
  'that',
  'same',
  'all',
  'any',
  'not',
] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

const integerOrTemplate: JsonSchema = { type: ['integer', 'string'], format: 'template' };

const command = closed(
  {
    run: ref('script', 'The script to run on the host. It takes no interpolation; values reach it by `args` and `env`.'),
    args: ref('args'),
    env: ref('env'),
    shell: ref('shell'),
    workdir: text('template', 'Directory to run in. Default: the home directory of the login user.'),
    become: ref('become'),
    exit: { type: 'integer', minimum: 0, maximum: 255, default: 0, description: 'The exit code that counts as *holds*.' },
    stdout: text('regex', 'Standard output must contain a match of this pattern.'),
    capture: text(
      'regex',
      'The value this probe yields: the first group of the first match in standard output. Without it and `stdout`, the trimmed output.',
    ),
  },
  ['run'],
  { description: 'Runs a read-only command on the host.' },
);

const http = closed(
  {
    url: text('template', 'Absolute address, http or https. Asked from the machine of the operator unless `from` says otherwise.'),
    method: { enum: ['GET', 'HEAD', 'POST'], type: 'string', default: 'GET', description: 'Request method.' },
    headers: { type: 'object', additionalProperties: text('template', 'Value of the header.'), description: 'Request headers.' },
    user: text('template', 'User name for basic authentication.'),
    password: text('template', 'Password for basic authentication, as `${{ secrets.NAME }}`.'),
    status: { type: 'integer', minimum: 100, maximum: 599, description: 'The status that must come back. Default: any of 200 to 299.' },
    redirects_to: text('template', 'The answer must be a redirect to an address whose path starts with this.'),
    that: text('cel', 'Must be true. Sees `body` (parsed JSON, or text) and `status`.'),
    capture: text(
      'regex',
      'The value this probe yields: the first group of the first match in the body. Without it, `value`, `that` and `redirects_to`, the trimmed body.',
    ),
    value: text('cel', 'The value this probe yields, from `body` and `status`.'),
  },
  ['url'],
  {
    description: 'Asks a web address. Redirects are not followed.',
    not: atMostOneOf(['capture', 'value']) as NonNullable<JsonSchema['not']>,
  },
);

/** Definitions of the probe vocabulary (R7). */
export const probeDefinitions: Record<string, JsonSchema> = {
  probe: {
    type: 'object',
    title: 'Probe',
    description: 'A typed question with three answers: holds, does not hold, could not tell. Exactly one kind.',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    oneOf: oneOfThese(PROBE_KINDS) as NonNullable<JsonSchema['oneOf']>,
    properties: {
      command,
      http,
      file: closed(
        {
          path: text('template', 'Absolute path on the host.'),
          state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'What must be true of the path.' },
          contains: text('regex', 'The text of the file must contain a match of this pattern.'),
          max_age: text('duration', 'The file must have been changed within this time, by the clock of the host.'),
          sha256: { type: 'string', format: 'template', description: 'The file must have this SHA-256 (64 hexadecimal digits).' },
        },
        ['path'],
        { description: 'A file or directory on the host.' },
      ),
      port: closed(
        {
          number: { ...integerOrTemplate, description: 'TCP port, 1 to 65535.' },
          state: {
            type: 'string',
            enum: ['open', 'closed'],
            default: 'open',
            description: '`open`: something listens on it on the host itself.',
          },
        },
        ['number'],
        { description: 'Whether a program listens on a TCP port of the host. The number is compared whole: 8443 is never 18443.' },
      ),
      process: closed(
        {
          name: text('template', 'Name of the program, compared whole with the last part of its path.'),
          command_line: text('regex', 'A match anywhere in the command line. The probe itself is never counted.'),
          state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'What must be true of the process.' },
        },
        [],
        { description: 'Processes of the host.', oneOf: oneOfThese(['name', 'command_line']) as NonNullable<JsonSchema['oneOf']> },
      ),
      service: closed(
        {
          name: text('template', 'Name of the service as its service manager knows it.'),
          state: { type: 'string', enum: ['started', 'stopped'], default: 'started', description: 'What must be true of the service.' },
        },
        ['name'],
        { description: 'A service of the host, asked from its service manager.' },
      ),
      host: {
        type: 'string',
        enum: ['reachable', 'unreachable', 'rebooted'],
        description: '`reachable`: its SSH port answers. `rebooted`: its boot id differs from the one seen when the run began.',
      },
      login: closed(
        {
          http: text('template', 'Address that asks for basic authentication.'),
          ipmi: text('template', 'Address of a management controller, asked with `ipmitool`.'),
          user: text('template', 'Login name.'),
          secret: text('secret', 'Name of the secret that must work.'),
        },
        ['secret'],
        {
          description: 'Proves that a secret works, without changing anything.',
          oneOf: oneOfThese(['http', 'ipmi']) as NonNullable<JsonSchema['oneOf']>,
        },
      ),
      that: text('cel', 'A condition over inputs, facts, hosts and values of earlier steps.'),
      same: closed(
        { fact: text('fact', 'Name of a fact that is read per host.'), across: ref('role_list', 'The roles whose hosts must agree.') },
        ['fact', 'across'],
        { description: 'A fact has the same value on all hosts of these roles.' },
      ),
      all: { ...listOf(ref('probe'), 'Every one of these holds.'), minItems: 1 },
      any: { ...listOf(ref('probe'), 'At least one of these holds.'), minItems: 1 },
      not: ref('probe', 'This one does not hold. Could-not-tell stays could-not-tell.'),
    },
  },
  script: {
    anyOf: [
      { type: 'string', description: 'Text of the script.' },
      closed({ linux: plain('On Linux.'), macos: plain('On macOS.'), windows: plain('On Windows.') }, [], {
        minProperties: 1,
        description: 'One script for each platform of the role.',
      }),
    ],
    description: 'A script. Values reach it by `args` ("$@", or @args in PowerShell) and `env`; `${{ }}` is not replaced in it.',
  },
  args: listOf(
    {
      anyOf: [
        { type: ['string', 'integer', 'number', 'boolean'], format: 'template', description: 'One argument.' },
        closed(
          {
            value: { type: ['string', 'integer', 'number', 'boolean'], format: 'template', description: 'The argument.' },
            when: text('cel', 'Passed only when this is true.'),
          },
          ['value', 'when'],
        ),
      ],
    },
    'Arguments of the script, in order. Each arrives as one argument, whatever it contains.',
  ),
  env: {
    type: 'object',
    description: 'Environment variables of the script. Booleans arrive as `true` and `false`.',
    propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
    additionalProperties: { type: ['string', 'integer', 'number', 'boolean'], format: 'template', description: 'Value of the variable.' },
  },
  shell: {
    type: 'string',
    enum: ['sh', 'bash', 'powershell'],
    description:
      'Shell of the script: `sh -eu` (default), `bash -eu`, or PowerShell with `$ErrorActionPreference = "Stop"` (default on Windows).',
  },
  become: {
    anyOf: [
      flag('Run as the administrator (`sudo`).'),
      closed(
        {
          user: text('template', 'User to become. Default: root.'),
          password: text('secret', 'Secret that holds the password `sudo` asks for.'),
        },
        [],
        { minProperties: 1 },
      ),
    ],
    description: 'Run with the rights of another user.',
  },
  role_list: {
    anyOf: [text('role', 'Name of a role.'), { type: 'array', minItems: 1, items: text('role', 'Name of a role.') }],
  },
};
