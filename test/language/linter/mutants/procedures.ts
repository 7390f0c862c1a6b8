import { single } from './mutation.js';
import type { Mutation } from './mutation.js';

/** Twice as many steps with each of them. */
const DOUBLING = Array.from(
  { length: 14 },
  (_, at) => `  p${String(at + 1)}: [ { use: '#p${String(at)}' }, { use: '#p${String(at)}' } ]\n`,
).join('');

/** Of the upgrade of SPS: reuse, versions and orders. */
export const OF_SPS: readonly Mutation[] = single([
  ['ambiguous-reference', '  - id: finish\n', '  - id: power_on\n'],
  ['assertion-without-probe', 'title: Release notes are read', 'title: Verify that the service is stopped'],
  ['from-not-single', 'from: primary\n    methods', 'from: minion\n    methods'],
  ['numbered-label', '( LTS)?', '( LTS2)?'],
  ['purpose-not-met', "on: primary\n    use: '#reboot..new_version'", "on: primary\n    use: '#new_version'"],
  ['role-shape', 'hosts: 0..1', 'hosts: 2..1'],
  ['undefined-document', 'source: vendor#L5', 'source: vendr#L5'],
  ['undefined-fact', 'installed: installed', 'installed: instaled'],
  ['undefined-version-scheme', 'scheme: sps', 'scheme: spss'],
  ['unreadable-use', 'use: sps_new_release.runbook.yaml', 'use: sps_newer.runbook.yaml'],
  ['upgrade-shape', 'target: { type: version, scheme: sps,', 'target: { type: string,'],
  ['use-cycle', '  power_on:\n', "  power_on:\n    - { id: again, use: '#power_on' }\n"],
]);

/** Of the same, where one place is not enough. */
export const TOO_MANY_STEPS: Mutation = {
  rule: 'too-many-steps',
  edits: [
    ['procedures:\n', `procedures:\n  p0: [ { run: date } ]\n${DOUBLING}`],
    ['finally:\n', "finally:\n  - { id: much, use: '#p14' }\n"],
  ],
};

/** Of the upgrade of UrbanCode: a cluster that is out of service in one window, on two platforms. */
export const OF_URBANCODE: readonly Mutation[] = single([
  ['all-at-once', 'outage:\n  of: server\n', 'outage:\n  of: database\n'],
  ['change-without-undo', '    undo: { title: Start it again, service: { name: ucd, state: started } }\n', ''],
  ['change-without-verify', '    verify: { service: { name: ucd, state: stopped } }\n', ''],
  ['disruptive-without-target', '    on: server\n    service:', '    service:'],
  [
    'missing-platform',
    '          windows: |\n            New-Item -ItemType Directory -Force -Path $args[1] | Out-Null\n            tar -xf $args[0] -C $args[1]\n',
    '',
  ],
  ['option-not-on-platform', 'install-server.bat @args', 'install-server.bat'],
  ['unsafe-retry', '      effects: [upgrade]\n', '      effects: [upgrade]\n      retry: { times: 3 }\n'],
  ['undefined-advisory', 'when: advisories.folders', 'when: advisories.folder'],
]);

/** Of the upgrade of Secret Server: advisories, and files that use others. */
export const OF_SECRET_SERVER: readonly Mutation[] = single([
  ['advisory-cycle', 'when: crosses("10.0.000000")', 'when: crosses("10.0.000000") || advisories.windows_settings'],
  [
    'advisory-shape',
    '    ask: The vendor asks for the workaround "when upgrading to 10.6". Does it apply to an upgrade past 10.6, too?\n',
    '',
  ],
  ['used-role-mismatch', 'administration: { type: url,', 'administration: { type: string,'],
  ['version-literal', 'crosses("8.5.000000")', 'crosses("8.5.00000")'],
]);

/** Of what comes after it. */
export const OF_CLUSTERING: readonly Mutation[] = single([
  ['irreversible-without-help', '        on_failure: { escalate: support }\n', ''],
]);

/** Of the monthly update of Windows. */
export const OF_PATCHING: readonly Mutation[] = single([
  [
    'gate-after-effect',
    'finally:\n',
    '  - { id: late, on: web, manual: Look., evidence: [{ attest: The servers are backed up. }] }\n\nfinally:\n',
  ],
]);

/** Of the environments. */
export const OF_STAGING: readonly Mutation[] = single([
  ['invalid-period', "to: '06:00'", 'to: six'],
  ['repeated-address', 'sps2.staging.example.com: {', 'sps2.staging.example.com: { address: sps1.staging.example.com,'],
  ['repeated-host', 'minion: [', 'minion: [search1.staging.example.com, '],
  ['secret-in-inventory', 'inputs:\n', 'inputs:\n  admin_password: hunter2\n'],
  ['undefined-host', 'secondary: [sps2', 'secondary: [sps3'],
  ['vars-of-undefined-role', 'windows:\n', 'vars: { minions: { url: https://search.example.com } }\nwindows:\n'],
]);
export const OF_PRODUCTION: readonly Mutation[] = single([['own-rehearsal', 'rehearsed_on: staging', 'rehearsed_on: production']]);

const NAMES = Array.from({ length: 13 }, (_, at) => `part_${String(at)}`);

/** Of what only plans show, by file. */
export const OF_PLANS: readonly { readonly file: string; readonly mutation: Mutation }[] = [
  {
    file: 'sps/sps.runbook.yaml',
    mutation: {
      rule: 'order-broken',
      edits: [["on: primary\n    use: '#upload..activate'", "on: primary\n    use: '#upload..new_version'"]],
    },
  },
  {
    file: 'sps/sps.runbook.yaml',
    mutation: {
      rule: 'stop-without-start',
      edits: [
        ["  - id: back\n    title: Bring back the other node\n    on: secondary\n    use: '#power_on'\n    source: vendor#L80\n", ''],
      ],
    },
  },
  {
    file: 'certificate-rotation/rotation.runbook.yaml',
    mutation: {
      rule: 'unreachable-step',
      edits: [
        [
          '    check: { that: inputs.valid_days > inputs.renew_within }',
          '    when: size(hosts.web) < 2\n    check: { that: inputs.valid_days > inputs.renew_within }',
        ],
      ],
    },
  },
  {
    file: 'certificate-rotation/rotation.runbook.yaml',
    mutation: { rule: 'empty-order', edits: [['then: { configure: web }', 'then: { destroy: web }']] },
  },
  {
    file: 'certificate-rotation/rotation.runbook.yaml',
    mutation: {
      rule: 'order-unprovable',
      edits: [
        ['inputs:\n', `inputs:\n${NAMES.map((name) => `  ${name}: { type: boolean, default: false }\n`).join('')}`],
        ['\nsteps:\n', `\nsteps:\n${NAMES.map((name) => `  - { id: ${name}, on: web, when: inputs.${name}, run: date }\n`).join('')}`],
        ['        effects: [backup]\n', ''],
      ],
    },
  },
];
