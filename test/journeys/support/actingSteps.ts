import { isMap, isSeq, parseDocument, visit } from 'yaml';
import type { YAMLMap } from 'yaml';

/** Where a step stands in a runbook. */
export interface StepPlace {
  /** Ids of the steps around it and its own, joined by `/`; in a procedure they begin with its name and `#`. */
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** Actions that do something to a host. What a person alone does, a check and a wait change nothing in the lab. */
const ACTS = ['run', 'http', 'upload', 'download', 'reboot', 'service', 'methods'];

/** Every acting step of a runbook: in its steps, its groups and its procedures. */
export function actingSteps(text: string): readonly StepPlace[] {
  const document = parseDocument(text);
  const found: StepPlace[] = [];
  const search = (list: readonly (string | number)[], around: string): void => {
    const steps = document.getIn(list);
    if (!isSeq(steps)) return;
    for (const [index, step] of steps.items.entries()) {
      if (!isMap(step)) continue;
      const path = [...list, index];
      const name = `${around}${idOf(step, index)}`;
      if (step.has('steps')) search([...path, 'steps'], `${name}/`);
      else if (ACTS.some((action) => step.has(action))) found.push({ name, path });
    }
  };
  search(['prerequisites'], '');
  search(['steps'], '');
  const procedures = document.get('procedures');
  for (const name of isMap(procedures) ? procedures.items.map((pair) => String(pair.key)) : []) search(['procedures', name], `#${name}/`);
  return found;
}

/** The runbook without one of its steps. Where it is the only one of its list, a step that does nothing stands in for it: no list may be empty. */
export function withoutStep(text: string, place: StepPlace): string {
  const document = parseDocument(text);
  const list = document.getIn(place.path.slice(0, -1));
  if (isSeq(list) && list.items.length === 1) document.setIn(place.path, document.createNode({ id: 'nothing', check: { that: 'true' } }));
  else document.deleteIn(place.path);
  return String(document);
}

/**
 * The runbook with little patience: every time limit is short, and it looks often. A run that misses something then ends soon, instead of
 * waiting for what will never come.
 */
export function impatient(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Map: (_key, map) => {
      if (!map.has('timeout')) return;
      map.set('timeout', '12s');
      map.set('every', '250ms');
    },
  });
  return String(document);
}

function idOf(step: YAMLMap, index: number): string {
  const id = step.get('id');
  return typeof id === 'string' ? id : String(index);
}
