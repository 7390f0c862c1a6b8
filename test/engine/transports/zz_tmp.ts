import { Bench, HERE, NEVER, script, run, newAttempt, toServer } from '/work/main/test/engine/transports/hosts.js';
import { startSshd } from '/work/main/test/support/sshd.js';
const bench = new Bench();
const server = await startSshd();
try {
  const c= await toServer(bench, server);
  for (const s of ['true','echo hi','echo hi; sleep 0.005; echo ho; sleep 0.005; echo hu']) {
    let t0=performance.now(); for (let i=0;i<20;i++) await run(c, script(s,{attempt:newAttempt()})); console.log('ms/act', s, (performance.now()-t0)/20);
    t0=performance.now(); for (let i=0;i<20;i++) await run(c, script(s)); console.log('ms/probe', (performance.now()-t0)/20);
  }
} finally { await bench.close(); await server.stop(); }
