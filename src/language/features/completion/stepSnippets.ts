import type { ActionName } from '../../schema/steps.js';
import type { Declarations } from '../declared/declared.js';
import { placeholder, rank } from './item.js';
import type { CompletionItem } from './item.js';
import type { KeyPlace } from './keys.js';

/** A whole step to be filled in. */
interface StepSnippet {
  readonly label: string;
  readonly action: ActionName;
  readonly text: string;
  /** Lines of the step; `ON` stands for the line about its hosts, `ROLE` for a role. */
  readonly lines: readonly string[];
}

const SNIPPETS: readonly StepSnippet[] = [
  {
    label: 'step: restart a service',
    action: 'service',
    text: 'Restarts a service, host by host, and proves that it answers again.',
    lines: [
      'id: ${1:restart}',
      'title: ${2:Restart the service}',
      'ON',
      'serial: 1',
      'service: { name: ${4:service}, state: ${5|restarted,started,stopped|} }',
      'verify: { port: { number: ${6:8443} } }',
      'irreversible: ${7:Sessions end.}',
      'timeout: ${8:5m}',
    ],
  },
  {
    label: 'step: run a script',
    action: 'run',
    text: 'Runs a script on each host. Values reach it by `args` and `env`.',
    lines: [
      'id: ${1:run}',
      'title: ${2:What it does}',
      'ON',
      'run: |',
      '  ${4:command}',
      'effects: [${5|configure,backup,upgrade,stop,start,destroy|}]',
      'verify: { command: { run: ${6:command that succeeds when it is done} } }',
      'undo: { manual: ${7:How to take it back.} }',
      'timeout: ${8:5m}',
    ],
  },
  {
    label: 'step: check something',
    action: 'check',
    text: 'Must hold now; changes nothing.',
    lines: [
      'id: ${1:check}',
      'title: ${2:What must hold}',
      'ON',
      'check: { service: { name: ${4:service}, state: ${5|started,stopped|} } }',
    ],
  },
  {
    label: 'step: wait for something',
    action: 'wait',
    text: 'Waits until it holds.',
    lines: [
      'id: ${1:wait}',
      'title: ${2:Wait until it answers}',
      'ON',
      'wait: { port: { number: ${4:8443}, state: ${5|open,closed|} } }',
      'timeout: ${6:10m}',
    ],
  },
  {
    label: 'step: done by a person',
    action: 'manual',
    text: 'A person does it and confirms it.',
    lines: [
      'id: ${1:manual}',
      'title: ${2:What is done}',
      'ON',
      'manual: ${4:How it is done, in Markdown.}',
      'evidence: [{ attest: ${5:It is done.} }]',
    ],
  },
  {
    label: 'step: request a web address',
    action: 'http',
    text: 'Sends one request from the machine of the operator.',
    lines: [
      'id: ${1:request}',
      'title: ${2:What is asked for}',
      'http: { url: "${3:https://shop.example.com/api}", method: ${4|POST,PUT,PATCH,DELETE,GET|} }',
      'irreversible: ${5:Why it cannot be taken back.}',
    ],
  },
  {
    label: 'step: upload a file',
    action: 'upload',
    text: 'Copies a file to each host and compares its SHA-256.',
    lines: [
      'id: ${1:upload}',
      'title: ${2:Upload the package}',
      'ON',
      'upload: { file: "${4:package.tar.gz}", to: ${5:/tmp/} }',
      'timeout: ${6:10m}',
    ],
  },
  {
    label: 'step: download a file',
    action: 'download',
    text: 'Copies a file of each host into the folder of the run.',
    lines: [
      'id: ${1:download}',
      'title: ${2:Save the log}',
      'ON',
      'download: { path: ${4:/var/log/app.log}, to: ${5:app.log} }',
      'timeout: ${6:10m}',
    ],
  },
  {
    label: 'step: reboot',
    action: 'reboot',
    text: 'Reboots each host and waits until it is back.',
    lines: [
      'id: ${1:reboot}',
      'title: ${2:Reboot}',
      'ON',
      'serial: 1',
      'reboot: {}',
      'irreversible: ${4:What runs on it ends.}',
      'timeout: ${5:15m}',
    ],
  },
  {
    label: 'step: group of steps',
    action: 'steps',
    text: 'A group; with `serial`, all its steps on one host, then on the next.',
    lines: [
      'id: ${1:group}',
      'title: ${2:One after the other}',
      'ON',
      'serial: ${4:1}',
      'steps:',
      '  - id: ${5:first}',
      '    title: ${6:What it does}',
      '    manual: ${7:How it is done.}',
    ],
  },
  {
    label: 'step: use a procedure',
    action: 'use',
    text: 'Does the steps of a procedure, of a range of steps, or of another file.',
    lines: ['id: ${1:use}', 'title: ${2:What it does}', 'use: "#${3:procedure}"'],
  },
  {
    label: 'step: several ways',
    action: 'methods',
    text: 'The same goal by different ways; the operator chooses.',
    lines: [
      'id: ${1:way}',
      'title: ${2:What it does}',
      'ON',
      'methods:',
      '  gui: { title: ${4:By hand}, manual: ${5:How it is done.}, evidence: [{ attest: ${6:It is done.} }] }',
      '  script: { title: ${7:By script}, run: ${8:command} }',
      'timeout: ${9:10m}',
    ],
  },
];

/** Whole steps, one for each action, for a place where a step begins. */
export function stepSnippets({ cursor, column, before, more }: KeyPlace, { roles }: Declarations): readonly CompletionItem[] {
  const names = roles.map(({ name }) => name);
  const on = `on: ${names.length > 0 ? placeholder(3, names) : '${3:server}'}`;
  const newLine = `\n${' '.repeat(column)}`;
  return SNIPPETS.map(({ label, action, text, lines }, index) => ({
    label,
    kind: 'snippet',
    detail: action,
    documentation: text,
    edit: { range: cursor.word, text: cursor.lead + before + lines.map((line) => (line === 'ON' ? on : line)).join(newLine) },
    format: 'snippet',
    // Behind what every step has, and before the long list of keys.
    sortText: rank(1, 100 + index),
    filterText: `${label} ${action}`,
    ...(more.length > 0 ? { more } : {}),
  }));
}
