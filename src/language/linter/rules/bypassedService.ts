import type { Script } from '../../schema/generated/runbook.js';
import { waysOf } from '../acts.js';
import { keyRange } from '../keyRange.js';
import type { Rule } from '../rule.js';

/** The beginning of a command, after which a program may stand. */
const COMMAND = String.raw`(?:^|[;&|({]|\b(?:then|do|else|sudo|xargs))[ \t]*(?:& )?`;
const KILLS = new RegExp(String.raw`${COMMAND}(kill|pkill|killall|taskkill(?:\.exe)?|Stop-Process)(?=\s|$)`, 'im');
const LAUNCHES = new RegExp(String.raw`${COMMAND}(nohup|setsid|Start-Process)(?=\s)`, 'im');

export const bypassedService: Rule = {
  id: 'bypassed-service',
  scope: 'step',
  family: 'safety',
  severity: 'warning',
  rationale:
    'A program that is killed leaves behind what its service script would have put away, and one that was launched by hand is not there after the next boot.',
  cites: ['capability 93'],
  *check({ steps, document }) {
    for (const { kind, step } of steps) {
      if (kind !== 'step') continue;
      const stops = step.effects?.includes('stop') === true;
      const starts = step.effects?.includes('start') === true;
      if (!stops && !starts) continue;
      for (const way of waysOf(step)) {
        const range = keyRange(document, way, 'run');
        if (range === undefined) continue;
        const found = programIn(way.run, stops ? KILLS : undefined) ?? programIn(way.run, starts ? LAUNCHES : undefined);
        if (found === undefined) continue;
        const state = stops && KILLS.test(found) ? 'stopped' : 'started';
        yield {
          range,
          message: `"${found}" goes past the service script of the program; use the action "service" with the state "${state}"`,
        };
      }
    }
  },
};

function programIn(script: Script | undefined, pattern: RegExp | undefined): string | undefined {
  if (script === undefined || pattern === undefined) return undefined;
  const texts: readonly string[] = typeof script === 'string' ? [script] : Object.values(script);
  return texts.map((text) => pattern.exec(text)?.[1]).find((program) => program !== undefined);
}
