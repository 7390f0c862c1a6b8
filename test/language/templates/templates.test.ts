import assert from 'node:assert/strict';
import { idFromFile, inventoryOf, TEMPLATES, templateSnippet, templateText, withoutStops } from '../../../src/language/index.js';
import { draftPlan } from '../../../src/planner/index.js';
import { serviceOver } from '../../support/language/service.js';

const RUNBOOK = '/work/shop-restart.runbook.yaml';
const INVENTORY = '/work/staging.inventory.yaml';

describe('templates of runbooks', () => {
  it('have names of their own', () => {
    assert.equal(new Set(TEMPLATES.map(({ id }) => id)).size, TEMPLATES.length);
    assert.deepEqual(
      ['rolling-upgrade', 'ha-pair', 'stop-all-upgrade', 'certificate-rotation'].filter(
        (id) => !TEMPLATES.some((template) => template.id === id),
      ),
      [],
    );
  });

  for (const { id, runbook } of TEMPLATES)
    describe(id, () => {
      const text = templateText(runbook, idFromFile(RUNBOOK));
      const inventory = templateText(inventoryOf(text), idFromFile(INVENTORY));

      it('is sound as it is proposed, with an inventory for it', async () => {
        const service = serviceOver({ [RUNBOOK]: text, [INVENTORY]: inventory });
        const found = [...(await service.diagnose(RUNBOOK)), ...(await service.diagnose(INVENTORY))];
        assert.deepEqual(
          found.map(({ code, message }) => `${code}: ${message}`),
          [],
          `${text}\n${inventory}`,
        );
      });

      it('gives a plan that asks nothing but what the hosts know', async () => {
        const service = serviceOver({ [RUNBOOK]: text, [INVENTORY]: inventory });
        const project = await service.loadProject(RUNBOOK);
        assert.ok(project?.sound === true);
        const { plan, problems } = draftPlan({ project, inventory: service.parseInventory(INVENTORY, inventory), inputs: {}, facts: [] });
        assert.deepEqual(
          problems.map(({ diagnostic }) => diagnostic.message),
          [],
        );
        assert.ok(plan !== undefined);
      });

      it('as a snippet is the same, with everything left as it is', () => {
        assert.equal(withoutStops(templateSnippet(runbook, 'shop_restart')), text);
        assert.match(templateSnippet(runbook, 'shop_restart'), /^runbook: v1\nid: \$\{1:shop_restart\}\n/);
      });

      it('uses names that belong to nobody', () => {
        for (const [address] of `${text}\n${inventory}`.matchAll(/[\w-]+\.(?:com|org|net|io)\b/g)) assert.match(address, /^example\.com$/);
        assert.doesNotMatch(text, /TODO|FIXME|[⟦⟧]/);
      });
    });
});

describe('an inventory for a runbook', () => {
  it('has the hosts, the roles, the values and the inputs that it asks for', () => {
    const made = inventoryOf(`runbook: v1
id: x
title: X
inputs:
  target: { type: version, title: T }
  mode: { type: choice, options: [fast, careful], title: M }
  fips: { type: boolean, default: false, title: F }
roles:
  server: { hosts: 2.., vars: { url: url, install_dir: path, port: { type: port, default: 8443 } } }
  first: { of: server, pick: first }
  agent: { hosts: 0.., platforms: [windows] }
  database: { hosts: 1, platforms: [windows] }
steps: []
`);
    assert.equal(
      templateText(made, 'staging'),
      `inventory: v1
environment: staging
title: Staging
ssh: { user: deploy }
hosts:
  server_1:
    address: server-1.example.com
    vars: { url: "https://server-1.example.com" }
  server_2:
    address: server-2.example.com
    vars: { url: "https://server-2.example.com" }
  database: { address: database.example.com, platform: windows }
roles:
  server: [server_1, server_2]
  agent: []
  database: [database]
vars:
  server: { install_dir: /opt/install_dir }
inputs:
  target: "2.0.0"
  mode: fast
`,
    );
  });
});
