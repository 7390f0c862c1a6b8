import assert from 'node:assert/strict';
import type { Draft } from '../../../src/planner/index.js';
import { draft, planOf } from '../../support/drafting.js';

const HEAD = 'runbook: v1\nid: sample\ntitle: Sample\n';
const TWO_ROLES = `${HEAD}
roles: { web: { hosts: 1.., vars: { port: port } }, api: { hosts: 1.., vars: { port: port } } }
steps: [ { on: web, check: { port: { number: "\${{ host.port }}" } } } ]
`;

function inventoryOf(hosts: string, more: string): string {
  return `inventory: v1\nenvironment: rehearsal\nhosts: ${hosts}\n${more}\n`;
}

const messages = (made: Draft): readonly string[] => made.problems.map(({ diagnostic }) => `${diagnostic.code}: ${diagnostic.message}`);

describe('variables of roles', () => {
  const bound = 'roles: { web: [a], api: [a] }\nvars: { web: { port: 80 }, api: { port: 8080 } }';

  it('must agree for a host that has two roles', async () => {
    const made = await draft({ runbooks: { 'a.runbook.yaml': TWO_ROLES }, inventory: inventoryOf('{ a: {} }', bound) });
    assert.equal(made.problems.length, 1);
    assert.match(messages(made)[0] ?? '', /^var-conflict: host "a" has two values of "port": 80 as "web" and 8080 as "api"; say /);
  });

  it('are what the host says, where it says something', async () => {
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': TWO_ROLES },
      inventory: inventoryOf('{ a: { vars: { port: 443 } } }', bound),
    });
    assert.deepEqual(plan.hosts['a']?.vars, { port: 443 });
    const same = bound.replace('8080', '80');
    const agreed = await planOf({ runbooks: { 'a.runbook.yaml': TWO_ROLES }, inventory: inventoryOf('{ a: {} }', same) });
    assert.deepEqual(agreed.hosts['a']?.vars, { port: 80 });
  });

  it('may differ where nobody asks for them', async () => {
    const runbook = `${HEAD}roles: { web: { hosts: 1.. }, api: { hosts: 1.. } }\nsteps: [ { on: web, run: "true" }, { on: api, run: who } ]\n`;
    const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory: inventoryOf('{ a: {} }', bound) });
    assert.deepEqual(messages(made), []);
  });

  it('are asked of derived roles, and have defaults there', async () => {
    const runbook = `${HEAD}
roles:
  web: { hosts: 1.. }
  first: { of: web, pick: first, vars: { licence: path, mode: { type: string, default: fast } } }
steps: [ { on: first, when: host.mode == "fast", check: { file: { path: "\${{ host.licence }}" } } } ]
`;
    const bare = await draft({
      runbooks: { 'a.runbook.yaml': runbook },
      inventory: inventoryOf('{ a: {}, b: {} }', 'roles: { web: [a, b] }'),
    });
    assert.deepEqual(
      bare.problems.map(({ diagnostic }) => diagnostic.message),
      ['host "a" has no "licence", which role "first" needs; add it to its "vars"'],
    );
    const plan = await planOf({
      runbooks: { 'a.runbook.yaml': runbook },
      inventory: inventoryOf('{ a: { vars: { licence: /l } }, b: {} }', 'roles: { web: [a, b] }'),
    });
    assert.deepEqual(plan.hosts['a']?.vars, { licence: '/l', mode: 'fast' });
    assert.deepEqual(plan.hosts['b']?.vars, {});
  });

  it('have the defaults of a file that is used', async () => {
    const library = `${HEAD}roles: { server: { hosts: 1.., vars: { port: { type: port, default: 8443 } } } }
steps: [ { on: server, check: { port: { number: "\${{ host.port }}" } } } ]
`;
    const runbook = `${HEAD}roles: { web: { hosts: 1.. } }\nsteps: [ { use: lib.runbook.yaml, roles: { server: web } } ]\n`;
    const runbooks = { 'a.runbook.yaml': runbook, 'lib.runbook.yaml': library };
    const plan = await planOf({ runbooks, inventory: inventoryOf('{ a: {} }', 'roles: { web: [a] }') });
    assert.deepEqual(plan.hosts['a']?.vars, { port: 8443 });
  });

  it('may not have different defaults for one host', async () => {
    const runbook = `${HEAD}
roles:
  web: { hosts: 1.., vars: { port: { type: port, default: 80 } } }
  api: { hosts: 1.., vars: { port: { type: port, default: 8080 } } }
steps: [ { on: web, run: "true" }, { on: api, run: who } ]
`;
    const inventory = inventoryOf('{ a: {} }', 'roles: { web: [a], api: [a] }');
    const made = await draft({ runbooks: { 'a.runbook.yaml': runbook }, inventory });
    assert.match(
      messages(made).join(),
      /^var-conflict: host "a" has two values of "port": 80 by default as "web" and 8080 by default as "api"/,
    );
    const said = await planOf({ runbooks: { 'a.runbook.yaml': runbook }, inventory: `${inventory}vars: { api: { port: 81 } }\n` });
    assert.deepEqual(said.hosts['a']?.vars, { port: 81 });
  });
});

describe('roles left over from a role that is being found out', () => {
  it('have no hosts until it is known', async () => {
    const runbook = `${HEAD}
roles:
  web: { hosts: 1.. }
  lead: { of: web, where: host.leads }
  others: { of: web, except: lead }
facts: { leads: { on: web, type: boolean, ask: Does it lead? } }
steps: [ { on: lead, run: "true" }, { on: others, run: who } ]
`;
    const documents = { runbooks: { 'a.runbook.yaml': runbook }, inventory: inventoryOf('{ a: {}, b: {} }', 'roles: { web: [a, b] }') };
    const open = await draft(documents);
    assert.deepEqual(open.plan?.scopes['main']?.roles, { web: ['a', 'b'], lead: [], others: [] });
    const fact = (host: string, value: boolean): { scope: string; fact: string; host: string; value: boolean } => ({
      scope: 'main',
      fact: 'leads',
      host,
      value,
    });
    const known = await planOf({ ...documents, facts: [fact('a', false), fact('b', true)] });
    assert.deepEqual(known.scopes['main']?.roles, { web: ['a', 'b'], lead: ['b'], others: ['a'] });
  });
});
