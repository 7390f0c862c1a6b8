import assert from 'node:assert/strict';
import { draft } from '../support/drafting.js';

const RUNBOOK = `
runbook: v1
id: sample
title: Sample
secrets: { token: { title: Token of the web server } }
roles: { app: { hosts: 1.., vars: { port: { type: port, default: 80 }, address_of_page: { type: string, default: x } } } }
steps: [{ id: one, on: app, run: date, env: { TOKEN: '\${{ secrets.token }}' } }]
`;

async function problems(vars: string, secrets = ''): Promise<readonly string[]> {
  const inventory = `
inventory: v1
environment: rehearsal
hosts: { app1: { vars: ${vars} }, safe: {} }
roles: { app: [app1] }
${secrets}
`;
  const made = await draft({ runbooks: { 'a.runbook.yaml': RUNBOOK }, inventory });
  return made.problems.map(({ diagnostic }) => `${diagnostic.code}: ${diagnostic.message}`);
}

describe('names in an inventory that are almost those of the runbook', () => {
  it('are misspelt: a variable that would else take its default', async () => {
    assert.deepEqual(await problems('{ porrt: 8080 }'), [
      'undefined-var: no role of host "app1" has a variable "porrt"; did you mean "port"?',
    ]);
  });

  it('are misspelt: a secret whose host would else be forgotten', async () => {
    assert.deepEqual(await problems('{}', 'secrets: { tokken: { kept_on: safe } }'), [
      'undefined-secret: the runbook has no secret "tokken"; did you mean "token"?',
    ]);
  });

  it('may be those of another runbook when they are like none of this one', async () => {
    assert.deepEqual(await problems('{ port: 8080, colour: green }', 'secrets: { password: { kept_on: safe } }'), []);
  });

  it('may be like one of this runbook that is given, too', async () => {
    assert.deepEqual(await problems('{ port: 8080, ports: 3 }'), []);
  });
});
