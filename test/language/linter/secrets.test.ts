import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

const file = '/books/main.runbook.yaml';
const head = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { web: { hosts: 1 } }\n';

/** What is marked as a secret in a step with these members. */
async function marked(step: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const text = `${head}steps: [ ${JSON.stringify({ on: 'web', ...step })} ]\n`;
  const found = await serviceOver({ [file]: text }).diagnose(file);
  assert.deepEqual(
    found.filter(({ severity }) => severity === 'error'),
    [],
  );
  return found.filter(({ code }) => code === 'secret-in-command').map(({ range }) => text.slice(range.start, range.end));
}

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----';
const TOKENS = [
  `ghp_${'a1'.repeat(18)}`,
  `github_pat_${'a1'.repeat(20)}`,
  `AKIA${'A1'.repeat(8)}`,
  `xoxb-${'12'.repeat(8)}`,
  `glpat-${'a1'.repeat(10)}`,
];

describe('secret-in-command', () => {
  const handed: readonly string[] = [
    'docker login -u bob -p hunter22 registry.example.com',
    'curl -uadmin:hunter22 https://a.example.com/',
    'curl -sSfu admin:hunter22 https://a.example.com/',
    'kubectl create secret generic db --from-literal=password=hunter22',
    'helm upgrade app ./chart --set auth.password=hunter22',
    'openssl rsa -in a.key -passin pass:hunter22',
    'redis-cli -a hunter22 ping',
    `psql -c "ALTER USER app PASSWORD 'hunter22'"`,
    `mysql -e "CREATE USER app IDENTIFIED BY 'hunter22'"`,
    `echo 'root:hunter22' | chpasswd`,
    'echo hunter22 | docker login -u bob --password-stdin',
    'aws configure set aws_secret_access_key hunter22',
  ];
  for (const run of handed) {
    it(`finds what is handed over in ${JSON.stringify(run)}`, async () => assert.deepEqual(await marked({ run }), ['hunter22']));
  }

  it('finds what is put into a secure string, unless it is a variable', async () => {
    const run = (value: string): unknown => ({ linux: 'id', windows: `ConvertTo-SecureString ${value} -AsPlainText -Force` });
    assert.deepEqual(await marked({ run: run("'hunter22!'") }), ['hunter22!']);
    assert.deepEqual(await marked({ run: run('$env:PASSWORD') }), []);
  });

  it('knows the tokens of well-known services under any name, wherever they stand', async () => {
    for (const token of TOKENS) {
      assert.deepEqual(await marked({ run: `app sync --with ${token}` }), [token]);
      assert.deepEqual(await marked({ run: 'app sync', env: { WITH: token } }), [token]);
      assert.deepEqual(await marked({ manual: `Paste ${token} into the field.` }), [token]);
    }
  });

  it('finds one in what only people read', async () => {
    assert.deepEqual(await marked({ manual: 'Open https://root:hunter22@a.example.com and look.' }), ['hunter22']);
    assert.deepEqual(await marked({ title: 'Clone https://root:hunter22@a.example.com', run: 'id' }), ['hunter22']);
    assert.deepEqual(await marked({ run: 'id', impact: `Begins with ${KEY}` }), ['PRIVATE KEY']);
    assert.deepEqual(await marked({ manual: 'Write it as https://user:password@host, and ask for the password: 12 letters.' }), []);
  });

  const harmless: readonly Readonly<Record<string, unknown>>[] = [
    { run: 'TOKEN=`cat /etc/app/token`; app --with "$TOKEN"' },
    { run: 'helm upgrade app ./chart --set existingSecret=db-creds' },
    { run: 'gcloud secrets versions access latest --secret db-password' },
    { run: "grep -q 'password=changeme' /etc/app.conf && exit 1; true" },
    { run: 'SECRET=prod-db-credentials app read' },
    { run: 'app', env: { DB_PASSWORD_SECRET: 'prod/db' } },
    { run: 'app', env: { TOKEN: 'none' } },
    { run: 'app "$@"', args: ['--secret', 'db-credentials'] },
    { run: 'echo "token: ok1"' },
    { run: 'echo "root:$NEW" | chpasswd; printf %s "$T" | docker login -u bob --password-stdin' },
    { run: `psql -v pw="$PW" -c "ALTER USER app PASSWORD :'pw'"` },
    { run: 'curl -u "admin:$PASSWORD" https://a.example.com:8443/; docker run -p 8080:80 app' },
  ];
  for (const step of harmless) {
    it(`says nothing of ${JSON.stringify(step)}`, async () => assert.deepEqual(await marked(step), []));
  }

  it('takes no time for texts that are made to take it', async () => {
    const began = performance.now();
    for (const part of [
      'docker --secret ',
      'curl -u ',
      'echo a:',
      'grep password=',
      'password=a-',
      'a-',
      'user ',
      'ConvertTo-SecureString ',
    ])
      await marked({ run: part.repeat(20_000 / part.length) });
    assert.ok(performance.now() - began < 10_000, String(performance.now() - began));
  });
});
