import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { FROM_THE_BEGINNING } from '../../../../src/engine/transports/transport.js';
import { haveSshd, startSshd } from '../../../support/sshd.js';
import { Bench, newAttempt, run, script, toServer } from '../hosts.js';

const SILENT = { stdout: () => undefined, stderr: () => undefined };
const HOSTILE = `it's "quoted" $HOME \`id\` \\ ! * {a,b} ~ # ; & | <>\nsecond line`;

function isInstalled(shell: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', shell], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('login shells of other families', function () {
  this.timeout(120_000);

  for (const shell of ['tcsh', 'fish', 'zsh']) {
    it(`${shell}: acts run, are known when they end, taken up again and cancelled`, async function () {
      if (!haveSshd || !isInstalled(shell)) this.skip();
      const bench = new Bench();
      // What sshd does with the shell that stands in passwd.
      const server = await startSshd({ config: [`ForceCommand exec ${shell} -c "$SSH_ORIGINAL_COMMAND"`] });
      try {
        const connection = await toServer(bench, server);
        await connection.preflight();
        const said = await run(connection, script('printf "%s|%s" "$1" "$GIVEN"; exit 7', { args: [HOSTILE], env: { GIVEN: HOSTILE } }));
        assert.deepEqual([said.end, said.stdout], [{ kind: 'exited', code: 7 }, `${HOSTILE}|${HOSTILE}`]);
        const attempt = newAttempt();
        const act = await run(connection, script('printf %s "$1"; exit 5', { args: [HOSTILE], attempt }));
        assert.deepEqual([act.end, act.stdout], [{ kind: 'exited', code: 5 }, HOSTILE]);
        const found = await connection.collect(attempt);
        assert.deepEqual([found.kind, 'code' in found ? found.code : undefined], ['finished', 5]);
        const lasting = newAttempt();
        const running = await connection.start(script('echo begun; sleep 100', { attempt: lasting }), SILENT);
        const again = await connection.attach(lasting, SILENT, FROM_THE_BEGINNING);
        assert.deepEqual(await again.cancel(5000), []);
        assert.notDeepEqual(await running.ended, { kind: 'exited', code: 0 });
      } finally {
        await bench.close();
        await server.stop();
      }
    });
  }
});
