import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import { compareInventories, compareProjects } from '../../../src/review/index.js';
import type { Change } from '../../../src/review/index.js';
import { createLanguageService } from '../../../src/language/index.js';
import { ALL_EXAMPLES, textOf } from '../../mutants/support/examples.js';
import { copyOf, written } from '../../mutants/support/tree.js';
import type { Tree } from '../../mutants/support/tree.js';
import { respellings } from './support/respellings.js';
import { renamings } from './support/renamings.js';
import { stateOf } from './support/states.js';

const service = createLanguageService({ workspace: { readText: () => Promise.resolve(undefined) } });

function serious(changes: readonly Change[]): readonly string[] {
  return changes.filter(({ danger }) => danger !== 'harmless').map(({ kind, what }) => `${kind}: ${what}`);
}

describe('what means the same is no change', () => {
  for (const { runbooks, inventories, name } of ALL_EXAMPLES) {
    for (const file of runbooks) {
      const label = `${name}/${file.split('/').at(-1) ?? ''}`;
      it(`${label}, written in another way`, () => {
        for (const [what, text] of respellings(textOf(file)))
          assert.deepEqual(compareProjects(stateOf(file), stateOf(file, { [file]: text })).changes, [], what);
      });
      it(`${label}, with other names`, () => {
        let count = 0;
        for (const [what, text] of renamings(textOf(file))) {
          count++;
          const { changes } = compareProjects(stateOf(file), stateOf(file, { [file]: text }));
          assert.deepEqual(
            serious(changes).filter((one) => !/^(role|input)-changed: .* is now called /.test(one)),
            [],
            what,
          );
          assert.ok(changes.length > 0, what);
        }
        assert.ok(count > 0);
      });
      it(`${label}, with steps in a group or a procedure`, () => {
        for (const [what, text] of regroupings(textOf(file))) {
          const { changes } = compareProjects(stateOf(file), stateOf(file, { [file]: text }));
          assert.deepEqual(serious(changes), [], what);
          assert.deepEqual(
            changes.map(({ kind }) => kind),
            ['moved'],
            what,
          );
        }
      });
    }
    for (const file of inventories)
      it(`${name}/${file.split('/').at(-1) ?? ''}, written in another way`, () => {
        for (const [what, text] of respellings(textOf(file)))
          assert.deepEqual(
            compareInventories(service.parseInventory(file, textOf(file)), service.parseInventory(file, text)).changes,
            [],
            what,
          );
      });
  }

  it('procedures that move to another file, with what they need', () => {
    const file = ALL_EXAMPLES.flatMap(({ runbooks }) => runbooks).find((one) => one.endsWith('sps.runbook.yaml')) ?? '';
    const tree = copyOf(textOf(file));
    const { procedures, ...rest } = tree;
    const other = file.replace('sps.runbook.yaml', 'node.runbook.yaml');
    const moved = stringify(
      {
        ...rest,
        order: undefined,
        upgrade: undefined,
        outage: undefined,
        invariants: undefined,
        advisories: undefined,
        prerequisites: undefined,
        finally: undefined,
        notes: undefined,
        procedures,
      },
      { lineWidth: 0 },
    );
    const text = written(rest)
      .replaceAll(/use: ["']#(upload|reboot|power_on)/g, 'use: "node.runbook.yaml#$1')
      .replaceAll(/(node\.runbook\.yaml#[a-z_.]+)'/g, '$1"');
    const now = stateOf(file, { [file]: text, [other]: moved });
    assert.equal(now.files.has(other), true);
    const { changes } = compareProjects(stateOf(file), now);
    assert.deepEqual(serious(changes), []);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['moved'],
    );
  });
});

/** Two steps that stand together, in a group and as a procedure. */
function* regroupings(text: string): Generator<readonly [string, string]> {
  const tree = copyOf(text);
  const steps = tree['steps'] as readonly Tree[];
  for (let at = 0; at + 1 < steps.length; at++) {
    const pair = steps.slice(at, at + 2);
    // What a step yields is known only to steps after it in the same list or below.
    if (pair.some((step) => step['per_hop'] === true)) continue;
    const around = (step: Tree): string => written({ ...tree, steps: [...steps.slice(0, at), step, ...steps.slice(at + 2)] });
    yield [`a group at ${String(at)}`, around({ id: 'both', title: 'Both', steps: pair })];
    const procedures = { ...(tree['procedures'] as Tree | undefined), both_steps: pair };
    yield [
      `a procedure at ${String(at)}`,
      written({ ...(parse(around({ id: 'both', title: 'Both', use: '#both_steps' })) as Tree), procedures }),
    ];
  }
}
