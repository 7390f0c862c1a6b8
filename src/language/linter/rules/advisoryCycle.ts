import type { Runbook } from '../../schema/generated/runbook.js';
import { namesIn } from '../namesIn.js';
import type { Rule } from '../rule.js';

type Advisory = NonNullable<Runbook['advisories']>[number];

export const advisoryCycle: Rule = {
  id: 'advisory-cycle',
  family: 'correctness',
  severity: 'error',
  rationale: 'An advisory that depends on itself, directly or through others, neither applies nor does not.',
  cites: ['capability 25'],
  *check({ runbook, document }) {
    const advisories = new Map((runbook.advisories ?? []).map((advisory) => [advisory.id, advisory]));
    const named = new Map([...advisories].map(([id, advisory]) => [id, namedBy(advisory)]));
    for (const [id, advisory] of advisories) {
      const way = wayBack(id, named);
      const key = [advisory.when, advisory.unsure_when].findIndex((cel) => cel !== undefined && idsIn(cel).includes(way?.[0] ?? ''));
      const range = document.positions.value(advisory, key === 1 ? 'unsure_when' : 'when');
      if (way !== undefined && range !== undefined)
        yield {
          range,
          message: `the advisory "${id}" depends on itself (${[id, ...way].join(' → ')}); take out one of these conditions`,
        };
    }
  },
};

/** The ids on the shortest way from an advisory back to it; undefined when there is none. */
function wayBack(start: string, named: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const before = new Map<string, string>();
  const queue = [start];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const id of named.get(next) ?? []) {
      if (before.has(id)) continue;
      before.set(id, next);
      if (id === start) return trailTo(start, before);
      queue.push(id);
    }
  }
  return undefined;
}

function trailTo(start: string, before: ReadonlyMap<string, string>): readonly string[] {
  const way = [start];
  for (let at = before.get(start); at !== undefined && at !== start; at = before.get(at)) way.unshift(at);
  return way;
}

function namedBy({ when, unsure_when: unsure }: Advisory): readonly string[] {
  return [when, unsure].flatMap((cel) => (cel === undefined ? [] : idsIn(cel)));
}

function idsIn(cel: string): readonly string[] {
  return namesIn(cel).flatMap(({ space, name }) => (space === 'advisories' ? [name] : []));
}
