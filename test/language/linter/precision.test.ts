import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

const file = '/books/main.runbook.yaml';
const head = 'runbook: v1\nid: sample\ntitle: Sample\n';
const path = `inputs: { target: { type: version } }
roles: { web: { hosts: 1.. }, db: { hosts: 1 } }
facts: { installed: { on: web, type: version, ask: Which? } }
`;
const stops = "  stops: [ { from: '< 9.1', to: '>= 10.0', via: '9.1' } ]\n";
const upgrade = "upgrade:\n  installed: installed\n  to: '${{ inputs.target }}'\n";

/** What one rule says of a runbook. */
async function said(code: string, text: string, others: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const diagnostics = await serviceOver({ ...others, [file]: `${head}${text}` }).diagnose(file);
  const broken = diagnostics.filter((one) => /^(?:yaml|wrong|unknown|missing-key|invalid-expression|reads)/.test(one.code));
  assert.deepEqual(broken, [], 'the example itself is sound');
  return diagnostics.filter((one) => one.code === code).map(({ message }) => message);
}

async function says(code: string, text: string, message: RegExp, others: Readonly<Record<string, string>> = {}): Promise<void> {
  const messages = await said(code, text, others);
  assert.equal(messages.length, 1, JSON.stringify(messages));
  assert.match(messages[0] as string, message);
}

describe('hop-outside-path', () => {
  it('says what to do where there is no path at all', async () => {
    await says(
      'hop-outside-path',
      `${path}steps: [ { on: web, run: date, when: hop.last } ]\n`,
      /no upgrade path .* declare it under "upgrade"/,
    );
    await says('hop-outside-path', `${path}steps: [ { per_hop: true, steps: [ { run: date } ] } ]\n`, /declare it .* or remove "per_hop"/);
  });

  it('lets everything speak of the hop where there can be but one', async () => {
    assert.deepEqual(await said('hop-outside-path', `${path}${upgrade}steps: [ { on: web, run: date, when: crosses("10.0") } ]\n`), []);
  });

  it('wants a group when stops make several hops, in the steps and in one place', async () => {
    await says('hop-outside-path', `${path}${upgrade}${stops}steps: [ { on: web, run: date } ]\n`, /no group is done for each; mark one/);
    const early = `prerequisites: [ { id: g, per_hop: true, steps: [ { run: date } ] } ]\nsteps: [ { run: id } ]\n`;
    await says('hop-outside-path', `${path}${upgrade}${stops}${early}`, /hops are gone through in "steps"; move the group there/);
    const twice = `procedures: { one: [ { id: g, per_hop: true, steps: [ { run: date } ] } ] }\nsteps: [ { use: '#one' }, { run: id }, { use: '#one' } ]\n`;
    await says('hop-outside-path', `${path}${upgrade}${stops}${twice}`, /once for each use of these steps; use them in one place only/);
  });

  it('leaves a member and a text that are called so alone', async () => {
    const text = `roles: { web: { hosts: 1.., vars: { hop: string } } }\nsteps: [ { on: web, run: date, when: host.hop == "hop.to crosses(1)" } ]\n`;
    assert.deepEqual(await said('hop-outside-path', text), []);
  });
});

describe('version-literal', () => {
  const withScheme = (pattern: string, steps: string): string =>
    `versions: { app: { pattern: '${pattern}' } }\ninputs: { target: { type: version, scheme: app } }\nsteps:\n${steps}`;
  const steps = (...versions: readonly string[]): string =>
    versions.map((version, index) => `  - { run: 'app ${String(index)}', when: 'inputs.target < version("${version}")' }\n`).join('');

  it('counts zeros where the scheme does not', async () => {
    const loose = '\\d+\\.\\d+\\.\\d+';
    const text = withScheme(loose, steps('9.1.000001', '10.0.000000', '8.9.00000'));
    await says('version-literal', text, /"8\.9\.00000" has 5 digits where other versions here have 6; count its zeros/);
    assert.deepEqual(await said('version-literal', withScheme(loose, steps('9.1.000001', '10.0.100', '8.9.0'))), []);
  });

  it('takes the scheme of the other side, on either side and through within', async () => {
    const two = `versions: { app: { pattern: '\\d+\\.\\d+' }, sql: { pattern: '\\d{4}' } }
inputs: { target: { type: version, scheme: app }, database: { type: version, scheme: sql } }
`;
    const when = (cel: string): string => `${two}steps: [ { run: date, when: '${cel}' } ]\n`;
    for (const cel of [
      'version("2012") > inputs.database',
      'inputs.database.within("2008 || >= 2012")',
      'inputs.target.within(range("< 10.6"))',
    ])
      assert.deepEqual(await said('version-literal', when(cel)), [], cel);
    for (const cel of ['version("10.6") > inputs.database', 'inputs.target.within(">= 2012")', 'inputs.target >= version("2012")'])
      assert.equal((await said('version-literal', when(cel))).length, 1, cel);
  });
});

describe('used files', () => {
  const part = {
    '/books/part.runbook.yaml': `${head}inputs: { to: { type: version } }\nroles: { node: { hosts: 1 } }\nsteps: [ { on: node, run: date } ]\n`,
  };
  const dispatch = (more: string): string =>
    `${path}${upgrade}  instead: [ { when: hop.last, use: part.runbook.yaml${more} } ]\nsteps: [ { on: web, run: date } ]\n`;

  it('get their inputs and roles also where a hop is handed on to them', async () => {
    await says('undefined-input', dispatch(', roles: { node: web }'), /needs "to"; give it under "with"/, part);
    await says('undefined-input', dispatch(', with: { to: x, form: y }'), /no input "form"/, part);
    await says('undefined-role', dispatch(', with: { to: x }, roles: { noed: web }'), /no role "noed"; did you mean "node"\?/, part);
    await says('undefined-role', dispatch(', with: { to: x }, roles: { node: wbe }'), /undefined role "wbe"/, part);
    await says('version-literal', dispatch(', with: { to: 10.5 }'), /10\.5 is read as a number/, part);
  });

  it('do not lead back through a hop', async () => {
    const back = { '/books/part.runbook.yaml': `${head}steps: [ { use: main.runbook.yaml } ]\n` };
    assert.equal((await said('use-cycle', dispatch(''), back)).length, 1);
  });
});

describe('the new keys', () => {
  it('have their references checked', async () => {
    const orders = `order: [ { first: { stop: wbe }, then: { upgrade: [web, bd] }, because: It counts. } ]\noutage: { of: [web, dbb], because: One window. }\n`;
    assert.equal((await said('undefined-role', `${path}${orders}steps: [ { on: web, run: date } ]\n`)).length, 3);
    const supported = `${path}${upgrade}  supported: { range: '>= 7.1', otherwise: suport }\nsteps: [ { on: web, run: date } ]\n`;
    await says('undefined-contact', supported, /undefined contact "suport"/);
    const installed = `${path}${upgrade.replace(': installed', ': instaled')}steps: [ { on: web, run: date } ]\n`;
    await says('undefined-fact', installed, /undefined fact "instaled"; did you mean "installed"\?/);
  });

  it('take a version that is known once for the run', async () => {
    const text = `inputs: { target: { type: version } }\nfacts: { installed: { type: version, ask: Which? } }\n${upgrade}steps: [ { run: date } ]\n`;
    assert.deepEqual(await said('undefined-fact', text), []);
    const word = text.replace('installed: { type: version', 'installed: { type: string');
    await says('upgrade-shape', word, /the fact "installed" is no version/);
    await says('upgrade-shape', text.replace('target: { type: version', 'target: { type: string'), /the input "target" is no version/);
  });
});

describe('missing-platform', () => {
  it('looks at the commands of probes and facts, too', async () => {
    const roles = `roles: { web: { hosts: 1.., platforms: [linux, windows] } }\n`;
    await says('missing-platform', `${roles}steps: [ { on: web, check: { command: { run: { linux: id } } } } ]\n`, /"windows"/);
    const fact = `facts: { level: { on: web, type: string, read: { command: { run: { windows: hostname } } } } }\n`;
    await says('missing-platform', `${roles}${fact}steps: [ { on: web, run: { linux: id, windows: whoami } } ]\n`, /"linux"/);
  });
});

describe('missing-platform, where the condition asks for the platform', () => {
  const step = (when: string): string =>
    `roles: { web: { hosts: 1.., platforms: [linux, windows] } }\nsteps: [ { on: web, run: { linux: id }, when: '${when}' } ]\n`;

  it('asks for no script that is never run, and for every other', async () => {
    assert.deepEqual(await said('missing-platform', step('host.platform == "linux"')), []);
    assert.deepEqual(await said('missing-platform', step('host.platform == "linux" && size(hosts.web) > 1')), []);
    for (const when of ['host.platform != "linux"', 'host.platform == "windows"', 'host.platform == "linux" || size(hosts.web) > 1'])
      assert.equal((await said('missing-platform', step(when))).length, 1, when);
  });
});

describe('gate-after-effect', () => {
  const act = (id: string, on: string): string =>
    `  - { id: ${id}, on: ${on}, run: app ${id}, effects: [upgrade], timeout: 1h, verify: { port: { number: 80 } }, irreversible: It converts. }\n`;
  const gate = (on: string): string => `  - { id: g, on: ${on}, manual: Look., evidence: [ { attest: The backups are there. } ] }\n`;

  it('follows what is used, and tells hosts apart', async () => {
    const procedures = `procedures:\n  all:\n  ${act('one', 'web').trimStart().replace(/^/, '  ')}`;
    await says('gate-after-effect', `${path}${procedures}steps:\n  - { use: '#all' }\n${gate('web')}`, /asked for after "one"/);
    assert.deepEqual(await said('gate-after-effect', `${path}steps:\n${act('one', 'web')}${gate('db')}`), []);
    assert.deepEqual(await said('gate-after-effect', `${path}steps:\n${act('one', 'web')}${gate('web')}${act('two', 'web')}`), []);
  });
});

describe('ineffective-key', () => {
  it('names every key of a step that a group passes over', async () => {
    const keys = `effects: [stop], undo: { run: id }, on_failure: { escalate: support }, optional: true, retry: { times: 1 }`;
    const text = `${path}contacts: { support: { title: Support } }\nsteps: [ { id: g, on: web, ${keys}, steps: [ { run: date } ] } ]\n`;
    assert.equal((await said('ineffective-key', text)).length, 5);
  });

  it('takes a prerequisite that is reached by a use', async () => {
    const text = `procedures: { order: [ { id: o, manual: Order it., lead_time: 2 working days } ] }\nprerequisites: [ { use: '#order' } ]\nsteps: [ { run: date } ]\n`;
    assert.deepEqual(await said('ineffective-key', text), []);
  });
});

describe('ambiguous-reference', () => {
  it('tells the two places, also those in another file', async () => {
    const part = {
      '/books/part.runbook.yaml': `${head}procedures: { a: [ { id: x, run: date } ], b: [ { id: x, run: id } ] }\nsteps: [ { use: '#a' }, { use: '#b' } ]\n`,
    };
    await says(
      'ambiguous-reference',
      `steps: [ { use: 'part.runbook.yaml#x' } ]\n`,
      /may mean the step in line 4 or the step in line 4/,
      part,
    );
  });
});

describe('unused-declaration', () => {
  it('counts a procedure whose steps are used, one or a range of them', async () => {
    const procedures = 'procedures:\n  node: [ { id: a, run: date }, { id: b, steps: [ { id: c, run: date } ] } ]\n';
    for (const use of ['#node', '#a', '#a..b', '#c'])
      assert.deepEqual(await said('unused-declaration', `${procedures}steps: [ { use: '${use}' } ]\n`), [], use);
    await says(
      'unused-declaration',
      `${procedures}  other: [ { id: d, run: date } ]\nsteps: [ { use: '#a..b' } ]\n`,
      /nothing names the procedure "other"/,
    );
  });
});

describe('titles and programs that only look alike', () => {
  it('promise no upgrade by speaking of its notes', async () => {
    const text = (title: string): string =>
      `roles: { web: { hosts: 1 } }\nprocedures: { notes: [ { id: n, manual: Read. } ] }\nsteps: [ { title: ${title}, on: web, use: '#notes' } ]\n`;
    assert.deepEqual(await said('purpose-not-met', text('Upgrade notes')), []);
    assert.equal((await said('purpose-not-met', text('Upgrade it'))).length, 1);
  });

  it('are other programs on Windows, with other options', async () => {
    const text = (linux: string, windows: string): string =>
      `roles: { web: { hosts: 1, platforms: [linux, windows] } }\nsteps: [ { on: web, run: { linux: ${linux}, windows: ${windows} } } ]\n`;
    assert.deepEqual(await said('option-not-on-platform', text('mkdir -p /opt/app', 'mkdir app')), []);
    assert.equal((await said('option-not-on-platform', text('app load --all', 'app load'))).length, 1);
  });

  it('ask no host about the service desk', async () => {
    const text = (title: string): string => `roles: { web: { hosts: 1 } }\nsteps: [ { title: ${title}, on: web, manual: Call. } ]\n`;
    assert.deepEqual(await said('assertion-without-probe', text('Check that the service desk knows')), []);
    assert.equal((await said('assertion-without-probe', text('Check that the service runs'))).length, 1);
  });
});

describe('rules about scripts', () => {
  /** Rules by which something is said of a script of a step that has a secret in its environment. */
  async function rulesOf(script: string, more = ''): Promise<readonly string[]> {
    const declared = 'roles: { web: { hosts: 1, vars: { dir: path } } }\nsecrets: { t: { title: Token } }\n';
    const step = `steps:\n  - id: a\n    on: web\n    run: ${JSON.stringify(script)}\n    env: { T: '\${{ secrets.t }}', dir: '\${{ host.dir }}' }\n${more}`;
    const diagnostics = await serviceOver({ [file]: `${head}${declared}${step}` }).diagnose(file);
    return [...new Set(diagnostics.map(({ code }) => code))];
  }

  const fine = [
    'while read -r line; do echo "$line"; done < /etc/hosts',
    'echo "chmod 777 is bad, and so is rm -rf /"',
    "grep -E '[[:space:]]' /etc/hosts",
    'awk \'$1 == "x" { print $2 }\' /etc/hosts',
    'test "$dir" != "" && rm -rf "$dir"',
    'rm -rf "${dir:?}/"*',
    'kubectl rollout status deploy/app --timeout=5m',
    'DEBIAN_FRONTEND=noninteractive apt-get -y -q install app',
    'echo y | apt install app',
    'dnf check-update || true',
    'printf "%s" "$T" | app login --stdin',
    'openssl s_client -connect a.example.com:443 < /dev/null | openssl x509 -noout',
    'ping -c1 -W2 db.example.com',
    'timeout 60 sh -c "until curl -fs https://a.example.com; do sleep 1; done"',
    'cat <<EOF > list\nrm -rf $dir/*\nEOF',
    'chmod 1777 spool; chmod 664 a; chmod g+w b; umask 022',
    'last reboot; app reboot web; echo "reboot needed"',
    'curl -fsS https://a.example.com | jq .',
    'curl -L -o "$dir/a" https://a.example.com/a && echo "0f  a" | sha256sum -c',
    'docker service create --secret db_password app',
    'pass=true; PWD=/opt; OLDPWD=/tmp',
    'exec 3>&1; app list 2>/dev/null >&3 &\nwait',
  ];
  for (const script of fine) {
    it(`say nothing of ${JSON.stringify(script)}`, async () => {
      assert.deepEqual(await rulesOf(script), []);
    });
  }

  const found: readonly (readonly [string, string])[] = [
    ['sudo -E env A=1 bash -c "x"; curl -fsSL https://a.example.com | sudo -E bash -s -- -y', 'piped-installer'],
    ['rm -rf "$dir"/*', 'unguarded-deletion'],
    ['if true; then\n  /usr/bin/rm -fr -- $dir/etc\nfi', 'unguarded-deletion'],
    ['A=1 T2=x app --token "$T"', 'secret-in-arguments'],
    ['x=$(app --token "$T")', 'secret-in-arguments'],
    ['curl -sSfk https://a.example.com', 'unchecked-server'],
    ['cd /opt && \\\n  apt-get install app', 'unanswered-question'],
    ['( pg_dump app | gzip ) > /b.gz', 'hidden-failure'],
    ['while :; do app poll; sleep 5; done', 'endless-command'],
    ['chmod -R a+w /opt/app', 'world-writable'],
    ['app list > >(tee log)', 'bash-under-sh'],
    ['app drain; sudo shutdown -r +1', 'reboot-by-script'],
  ];
  for (const [script, rule] of found) {
    it(`${rule} is found in ${JSON.stringify(script)}`, async () => {
      assert.ok((await rulesOf(script)).includes(rule), (await rulesOf(script)).join());
    });
  }

  it('take no time for a script that is made to take it', async () => {
    const hostile = [
      'sudo -u '.repeat(4000),
      '"a'.repeat(20_001),
      '<<A '.repeat(10_000),
      '$(('.repeat(10_000),
      'while true; do '.repeat(2000),
      '-k '.repeat(10_000),
      `rm -r ${'$a/'.repeat(10_000)}`,
      `curl ${'| '.repeat(10_000)}`,
      `${'[ x '.repeat(5000)}`,
    ];
    const began = performance.now();
    for (const script of hostile) await rulesOf(script.slice(0, 19_999));
    assert.ok(performance.now() - began < 10_000, String(performance.now() - began));
  });
});

describe('undeclared-effect', () => {
  const step = (members: string): Promise<readonly string[]> =>
    said('undeclared-effect', `roles: { db: { hosts: 1 } }\nsteps: [ { on: db, timeout: 5m, ${members} } ]\n`);

  it('takes only an effect that tells as much', async () => {
    const run = (script: string, effect: string): Promise<readonly string[]> => step(`run: "${script}", effects: [${effect}]`);
    for (const [script, told, untold] of [
      ['systemctl stop app', 'stop', 'configure'],
      ['kubectl drain node1', 'isolate', 'configure'],
      ['mkfs.xfs /dev/sdb1', 'destroy', 'configure'],
      ["psql -c 'drop table orders'", 'upgrade', 'stop'],
      ['rm -rf /srv/orders', 'destroy', 'backup'],
    ] as const) {
      assert.deepEqual(await run(script, told), [], script);
      assert.equal((await run(script, untold)).length, 1, script);
    }
    assert.deepEqual(await step('run: systemctl stop app, stages: [upgrade]'), []);
  });

  it('looks at what a step does, not at what is asked, or takes it back', async () => {
    assert.deepEqual(await step('run: id, undo: { run: systemctl stop app }'), []);
    assert.deepEqual(await step('run: id, verify: { command: { run: systemctl stop app } }'), []);
    assert.equal(
      (await step("methods: { a: { manual: Do it. }, b: { http: { url: 'https://a.example.com/b', method: DELETE } } }")).length,
      1,
    );
  });

  it('says nothing of commands that only look alike', async () => {
    for (const script of [
      'docker logs stop',
      'rm -rf build /tmp/app /var/lib/app/cache',
      'rm /etc/app/lock',
      'systemctl list-units stop',
      'systemctl restart app',
      'aws s3 ls delete-me',
      'kubectl get delete',
      'shutdown --help',
      'service app status',
      'echo rm -rf /srv',
    ])
      assert.deepEqual(await step(`run: "${script}"`), [], script);
  });

  it('takes no time for a script that is made to take it', async () => {
    const began = performance.now();
    for (const part of ['kubectl --a -b ', 'rm -r /opt', ' -a', 'docker compose -f a ', 'pkill a -s ', '/opt'])
      await step(`run: "rm -r ${part.repeat(15_000 / part.length)}; kubectl${' --a'.repeat(900)} x"`);
    assert.ok(performance.now() - began < 10_000, String(performance.now() - began));
  });
});
