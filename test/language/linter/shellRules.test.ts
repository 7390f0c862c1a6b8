import assert from 'node:assert/strict';
import { serviceOver } from '../../support/language/service.js';

const file = '/main.runbook.yaml';
const head = 'runbook: v1\nid: sample\ntitle: Sample\nroles: { app: { hosts: 1 } }\nsteps:\n';

/** What one rule says of a script that a step runs, or that a probe asks with. */
async function said(code: string, script: string, { asked = false, more = '' } = {}): Promise<readonly string[]> {
  const text = JSON.stringify(script);
  const step = asked ? `check: { command: { run: ${text} } }` : `run: ${text}`;
  const found = await serviceOver({ [file]: `${head}  - { on: app, ${step}${more} }\n` }).diagnose(file);
  const broken = found.filter((one) => /^(?:yaml|wrong|unknown|missing-key|reads)/.test(one.code));
  assert.deepEqual(broken, [], 'the example itself is sound');
  return found.filter((one) => one.code === code).map(({ message }) => message);
}

interface Scripts {
  readonly asked?: boolean;
  /** Further keys of the step. */
  readonly more?: string;
  readonly found: readonly string[];
  readonly silent: readonly string[];
}

const SCRIPTS: Readonly<Record<string, Scripts>> = {
  'changing-probe': {
    asked: true,
    found: [
      'apt-get -y upgrade',
      'dnf -y upgrade',
      'kubectl delete pod web',
      'kubectl delete pod web --dry-run=none',
      'kubectl -n app --context main delete pod web',
      `psql -Atc 'DELETE FROM jobs'`,
      `mysql -e 'drop table jobs'`,
      'find / -name core -delete',
      String.raw`find /tmp -name core -exec rm {} \;`,
      `sh -c 'rm -rf /opt/app'`,
      `bash -ec "systemctl stop app && app ready"`,
      'crontab -r',
      'iptables -F',
      'git pull',
      'git -C /opt/app pull',
      'rsync -a a b',
      'sysctl -w vm.swappiness=1',
      'ip addr add 192.0.2.1/24 dev eth0',
      'curl -fsS -d @query https://app.example.com/jobs',
      'curl --data-raw x https://app.example.com/jobs',
    ],
    silent: [
      'apt-get -s upgrade',
      'apt-get --dry-run upgrade',
      'apt-get --just-print upgrade',
      'apt-get upgrade -s',
      'dnf --assumeno upgrade',
      'yum check-update && yum --assumeno update',
      'kubectl apply --dry-run=server -f app.yaml',
      'kubectl delete pod web --dry-run=client',
      'kubectl -n app get pods',
      String.raw`[ "$a" \> "$b" ]`,
      '[[ "$a" > b ]]',
      'killall -0 app',
      'reboot --help',
      'shutdown --version',
      `psql -Atc 'SELECT count(*) FROM jobs'`,
      `psql -Atc "select updated_at from jobs where kind = 'delete'"`,
      'find /opt -name app -print',
      `sh -c 'app ready > /dev/null'`,
      'crontab -l',
      'iptables -nL',
      'git -C /opt/app status',
      'rsync -an a b',
      'rsync --dry-run -a a b',
      'sysctl -n vm.swappiness',
      'ip addr show',
      'curl -fsS -G -d q=up https://app.example.com/query',
      'curl -fsS --max-time 5 https://app.example.com/health',
    ],
  },
  'unanswered-question': {
    found: ['apt-get upgrade', 'dnf upgrade'],
    silent: ['apt-get --just-print upgrade', 'apt-get --no-act upgrade', 'apt-get --recon upgrade', 'dnf --assumeno upgrade'],
  },
  'bash-under-sh': {
    found: ['read -a names', 'while read -d x name; do app "$name"; done', '[[ -f /etc/app ]]', '[ "$a" == b ]', 'trap "app stop" ERR'],
    silent: ['vault read -field=password secret/db', 'name=$(vault read -field=name secret/db)', 'defaults read -app x', 'read -r name'],
  },
  'unguarded-deletion': {
    found: [
      'cd $DIR && rm -rf *',
      'cd "$DIR"; rm -rf ./*',
      'find $DIR -delete',
      'find "$DIR/" -mtime +3 -exec rm -rf {} +',

      'rm -rf ${DIR}/${SUB}',
      'rm -rf "${DIR:-}/var"',
      'rm -rf "${DIR-}"/*',
    ],
    silent: [
      'cd "${DIR:?}" && rm -rf *',
      'cd /opt/app && rm -rf *',
      'cd "$DIR" && rm -f app.lock',
      'find "${DIR:?}" -delete',
      'find "$DIR" -delete',
      'find /opt/app -name "$NAME" -delete',
      'find "$DIR" -name core -print',
      'rm -rf "${DIR:?}/${SUB:?}"',
      'rm -rf "/opt/app/${SUB}"',
      'rm -rf "${DIR:-/opt/app}/var"',
      'rm -rf "$DIR/app-data"',
    ],
  },
  'endless-command': {
    found: [
      'until curl -fsS https://app.example.com; do sleep 2; done',
      'i=0; until app ready; do i=$((i+1)); sleep 2; done',
      'until app ready; do test -f /tmp/x && app again; sleep 2; done',
      'until app ready; do if [ "$i" -gt 3 ]; then app warn; fi; sleep 2; done',
      'until app ready; do [ "$i" -gt 30 ] && app warn; sleep 2; done',
    ],
    silent: [
      'i=0; until curl -fs https://app.example.com; do i=$((i+1)); test $i -le 30; sleep 2; done',
      'i=0; until app ready; do i=$((i+1)); [ "$i" -le 30 ]; sleep 2; done',
      'i=0\nwhile ! app ready\ndo\n  i=$((i + 1))\n  [ "$i" -lt 30 ]\n  sleep 2\ndone',
    ],
  },
  'download-without-checksum': {
    found: [
      'curl -fsSO https://example.com/app.tar.gz',
      'wget -q https://example.com/app.tar.gz',
      'wget -q https://example.com/healthz.tar.gz',
    ],
    silent: [
      'curl -fsSO https://example.com/app.tar.gz && echo abc app.tar.gz | sha256sum -c',
      'wget -q --spider https://example.com/app.tar.gz',
      'wget -qO- https://example.com/healthz',
      'wget -q -O /dev/null https://example.com/healthz',
      'wget -q https://example.com/healthz',
      'wget -q https://example.com:8443/app/health?full=1',
    ],
  },
  'hidden-failure': {
    more: ', effects: [upgrade]',
    found: ['app migrate || true', 'readlink a > b && app migrate || true', 'cp a b || true', 'set +e', 'find / -name x -delete || true'],
    silent: ['readlink a > b || true', 'ls /opt/app || true', 'grep -c error /var/log/app.log || :', 'cat /opt/version || exit 0'],
  },
};

describe('rules for scripts', () => {
  for (const [rule, { found, silent, ...where }] of Object.entries(SCRIPTS)) {
    for (const script of found)
      it(`${rule} finds ${script}`, async () => {
        assert.equal((await said(rule, script, where)).length, 1);
      });
    for (const script of silent)
      it(`${rule} leaves alone ${script}`, async () => {
        assert.deepEqual(await said(rule, script, where), []);
      });
  }

  it('download-without-checksum tells from MD5, which anybody can imitate, what to compare by', async () => {
    const script = 'curl -fsSO https://example.com/app.tar.gz && echo abc app.tar.gz | md5sum -c';
    const [message = ''] = await said('download-without-checksum', script);
    assert.match(message, /MD5 .*compare .*SHA-256/);
  });

  const LONGEST = 19_000;
  const long = (part: string): string => part.repeat(Math.floor(LONGEST / part.length));
  const tiring: Readonly<Record<string, string>> = {
    'loops within loops': long('while a;do '),
    'loops within loops that end': `${long('while a;do ').slice(0, 9000)}${long('; done').slice(0, 9000)}`,
    'one loop and no end of lines': `while a${long('\n ')}`,
    'separators before a loop': `while a${long(';')}`,
    'pipes without end': `${long('curl|')}sh`,
    'installers in words': long('iex '),
    'downloads in words': long('DownloadString('),
    'shells in words': long('sh '),
    'open tests': `${long('[ ')} ==`,
    'open tests with equals': long('[ =='),
    traps: long('trap '),
    'open braces': long('${a['),
    'replaced in braces': long('${a/'),
    'options of packages': `apt-get ${long('-')}`,
    'words of packages': `apt-get ${long('install ')}`,
    'deletions of variables': `rm -rf ${long('$a/ ')}`,
    'one after another': long('find $a '),
    directories: long('cd $a;rm -rf *;'),
    assignments: long('a=b '),
    wrappers: long('sudo '),
    'open quotes': long(`'" `),
    'half quoted': long('a"'),
    documents: long('<<E '),
    redirections: long('> '),
    statements: `psql -c '${long('select ')}'`,
    spaces: `app${long(' ')}x`,
    'several lines': long('app\n\n'),
    comments: long('#\n'),
  };
  for (const [what, script] of Object.entries(tiring)) {
    it(`are done soon with ${what}`, async () => {
      const began = performance.now();
      await said('endless-command', script);
      await said('changing-probe', script, { asked: true });
      // Far more than it takes: only what grows beside the text, and not with it, is as slow as this.
      assert.ok(performance.now() - began < 3000, `${String(Math.round(performance.now() - began))} ms`);
    });
  }
});
