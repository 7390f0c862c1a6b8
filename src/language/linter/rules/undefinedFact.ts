import type { Rule } from '../rule.js';
import { mentions, textsOf, undefinedName } from '../undefinedName.js';

export const undefinedFact: Rule = {
  id: 'undefined-fact',
  scope: 'step',
  family: 'correctness',
  severity: 'error',
  rationale: 'A fact that is not declared can neither be read nor asked for. Facts of the run and facts of hosts are named differently.',
  cites: ['capability 20', 'capability 35'],
  *check(context) {
    const facts = context.runbook.facts ?? {};
    const perHost = Object.keys(facts).filter((name) => facts[name]?.on !== undefined);
    const ofRun = Object.keys(facts).filter((name) => facts[name]?.on === undefined);
    for (const { named, range } of mentions(context, 'facts')) {
      if (perHost.includes(named.name))
        yield { range, message: `the fact "${named.name}" is known per host; write "host.${named.name}" or "hosts.ROLE.${named.name}"` };
      else if (!ofRun.includes(named.name)) yield undefinedName('fact', named.name, ofRun, range, 'declare it under "facts"');
    }
    for (const place of textsOf(context, 'fact')) {
      // An upgrade may also begin at a version that is known once for all.
      if (ofRun.includes(place.text) && place.key === 'installed') continue;
      if (ofRun.includes(place.text))
        yield {
          range: place.range,
          message: `the fact "${place.text}" is known once for the run, and hosts are compared here; declare it with "on"`,
        };
      else if (!perHost.includes(place.text))
        yield undefinedName('fact', place.text, perHost, place.range, 'declare it under "facts" with "on"');
    }
  },
};
