import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { Bench, JOURNEYS } from './support/journey.js';

/** Steps that act but whose absence the lab cannot notice, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

/** Actions that only look, ask or wait: without them a run is blind, not wrong. */
const LOOKING = ['check', 'wait'];

/** Paths in a runbook of the lists and places where its acting steps stand. */
function actingSteps(document: Document): readonly { id: string; list: readonly (string | number)[]; index: number }[] {
  const found: { id: string; list: readonly (string | number)[]; index: number }[] = [];
  const visit = (path: readonly (string | number)[]): void => {
    const list = document.getIn(path);
    if (!isSeq(list)) return;
    list.items.forEach((item, index) => {
      if (!isMap(item)) return;
      const named = item.get('id');
      const id = typeof named === 'string' ? named : '';
      if (item.has('steps')) visit([...path, index, 'steps']);
      else if (acts(item)) found.push({ id, list: path, index });
    });
  };
  visit(['steps']);
  const procedures = document.get('procedures');
  if (isMap(procedures)) for (const pair of procedures.items) visit(['procedures', String(pair.key)]);
  return found;
}

/** A step acts when it does something to a host: what only a person reads or confirms changes nothing in the lab. */
function acts(step: YAMLMap): boolean {
  if (LOOKING.some((action) => step.has(action)) || step.has('use')) return false;
  return !step.has('manual');
}

describe('the lab is a judge: a run with one acting step removed is found out', function () {
  this.timeout(600_000);
  const largest = ['lab_pair_minions.inventory.yaml', 'lab_two.inventory.yaml', 'lab.inventory.yaml'];

  for (const [index, journey] of JOURNEYS.filter(({ inventory }) => largest.includes(inventory)).entries()) {
    it(journey.folder, async () => {
      const bench = await Bench.open(journey, `127.${String(60 + index)}`);
      const missed: string[] = [];
      try {
        const text = await readFile(join(bench.example, journey.runbook), 'utf8');
        const candidates = actingSteps(parseDocument(text));
        assert.ok(candidates.length > 3, 'the example has acting steps');
        for (const { id, list, index: at } of candidates) {
          if (`${journey.folder}#${id}` in EXCEPTIONS) continue;
          await bench.lab.reset();
          const document = parseDocument(text);
          document.deleteIn([...list, at]);
          await writeFile(join(bench.example, 'mutant.runbook.yaml'), String(document));
          const result = await bench.run([], 'mutant.runbook.yaml');
          if (result.code === 0 && bench.verdict().length === 0) missed.push(id);
        }
      } finally {
        await bench.close();
      }
      assert.deepEqual(missed, []);
    });
  }
});
