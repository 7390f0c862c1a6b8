import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

/**
 * Mistakes that procedures on paper really contain, each written down here the way it would be taken over word for word.
 * The first of each pair must be found; the second is how it is meant, and nothing may be said of it.
 */
const file = '/books/main.runbook.yaml';
const head = 'runbook: v1\nid: sample\ntitle: Sample\n';
const servers = 'roles: { server: { hosts: 2.., platforms: [linux], vars: { url: url } } }\n';
const versions = String.raw`versions: { app: { pattern: '\d+\.\d+\.\d{6}' } }
inputs: { target: { type: version, scheme: app } }
`;
const node = `roles: { master: { hosts: 1 }, minion: { hosts: 1.. } }
procedures:
  pair:
    - { id: upload, upload: { file: firmware.iso, to: /firmware/ }, timeout: 5m }
    - { id: notes, manual: Read the notes. }
    - id: boot
      reboot: {}
      effects: [upgrade]
      timeout: 30m
      verify: { host: reachable }
      irreversible: The data is converted.
`;

interface Defect {
  readonly name: string;
  readonly code: string;
  readonly wrong: string;
  readonly right: string;
}

const DEFECTS: readonly Defect[] = [
  {
    name: 'a shutdown that does not say of which node',
    code: 'disruptive-without-target',
    wrong: `${servers}steps: [ { title: Shut down, manual: 'Click **Shutdown**.' } ]\n`,
    right: `${servers}steps: [ { title: Shut down, on: server, manual: 'Click **Shutdown**.' } ]\n`,
  },
  {
    name: 'steps "above" that may be those of two lists',
    code: 'ambiguous-reference',
    wrong: `${node}  minions: [ { id: upload, run: date }, { id: notes, run: id } ]\nsteps: [ { on: minion, use: '#upload..notes' } ]\n`,
    right: `${node}  minions: [ { id: copy, run: date }, { id: read, run: id } ]\nsteps: [ { on: minion, use: '#upload..notes' } ]\n`,
  },
  {
    name: 'a method of two steps by which nothing is upgraded',
    code: 'purpose-not-met',
    wrong: `${node}steps: [ { title: Upgrade every minion, on: minion, serial: 1, use: '#upload..notes' } ]\n`,
    right: `${node}steps: [ { title: Upgrade every minion, on: minion, serial: 1, use: '#upload..boot' } ]\n`,
  },
  {
    name: 'servers that cannot reach the load balancer, which nothing asks',
    code: 'assertion-without-probe',
    wrong: `${servers}steps:
  - title: Verify that the servers are unable to connect to the load balancer
    on: server
    steps:
      - { id: pid, check: { file: { path: /app/server.pid, state: absent } } }
      - { id: port, check: { command: { run: 'netstat -an | grep -w 8443', exit: 1 } } }
`,
    right: `${servers}steps:
  - title: Verify that the servers are unable to connect to the load balancer
    on: server
    steps:
      - { id: pid, check: { file: { path: /app/server.pid, state: absent } } }
      - { id: pool, check: { http: { url: 'https://balancer.example.com/\${{ host.name }}', that: body.state == "off" } } }
`,
  },
  {
    name: 'a search for a port that also finds others',
    code: 'fragile-check',
    wrong: `${servers}steps: [ { on: server, check: { command: { run: 'netstat -an | grep 8443', exit: 1 } } } ]\n`,
    right: `${servers}steps: [ { on: server, check: { port: { number: 8443, state: closed } } } ]\n`,
  },
  {
    name: 'the installer that is run in two steps',
    code: 'duplicate-step',
    wrong: `${servers}steps: [ { title: Run the server installation script, on: server, manual: Run it. }, { title: Run the server installer program, on: server, manual: As root. } ]\n`,
    right: `${servers}steps: [ { title: Extract the server installation package, on: server, manual: Extract it. }, { title: Run the server installer program, on: server, manual: As root. } ]\n`,
  },
  {
    name: 'an installer that is called with "./" and without',
    code: 'option-not-on-platform',
    wrong: `${servers}steps: [ { on: server, run: ./install-server.sh }, { on: server, run: install-server.sh -fips } ]\n`,
    right: `${servers}steps: [ { on: server, run: ./install-server.sh }, { on: server, run: ./install-server.sh -fips } ]\n`,
  },
  {
    name: 'a version with one zero too few',
    code: 'version-literal',
    wrong: `${versions}steps: [ { run: date, when: inputs.target > version("8.9.00000") } ]\n`,
    right: `${versions}steps: [ { run: date, when: inputs.target > version("8.9.000000") } ]\n`,
  },
  {
    name: 'an upgrade that nobody looks at afterwards',
    code: 'change-without-verify',
    wrong: `${servers}steps: [ { on: server, serial: 1, run: date, effects: [upgrade], timeout: 1h, irreversible: It converts. } ]\n`,
    right: `${servers}steps: [ { on: server, serial: 1, run: date, effects: [upgrade], timeout: 1h, irreversible: It converts., verify: { port: { number: 80 } } } ]\n`,
  },
  {
    name: 'an upgrade without a way back, and without a word about that',
    code: 'change-without-undo',
    wrong: `${servers}steps: [ { on: server, serial: 1, run: date, effects: [upgrade], timeout: 1h, verify: { port: { number: 80 } } } ]\n`,
    right: `${servers}steps: [ { on: server, serial: 1, run: date, effects: [upgrade], timeout: 1h, verify: { port: { number: 80 } }, undo: { run: id } } ]\n`,
  },
];

describe('mistakes of procedures on paper', () => {
  for (const { name, code, wrong, right } of DEFECTS) {
    it(`${code}: ${name}`, async () => {
      const codesOf = async (text: string): Promise<readonly string[]> =>
        (await serviceOver({ [file]: `${head}${text}` }).diagnose(file))
          .filter(({ severity }) => severity !== 'information')
          .map((diagnostic) => diagnostic.code);
      assert.deepEqual(await codesOf(wrong), [code]);
      assert.deepEqual(await codesOf(right), []);
    });
  }
});
