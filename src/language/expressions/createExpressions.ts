import { CelEnvironment } from './cel.js';
import type { CheckResult } from './cel.js';
import type { CelOutlook } from './outlook.js';
import type { CelValue, NamesHere, NameTypes, NameValues } from './names.js';

/** CEL over the names of one file: type checks for the linter, values for planner and engine. */
export interface Expressions {
  /** Checks syntax and types. The range is within `cel`. Never throws. */
  check(cel: string, here: NamesHere): CheckResult;
  /** Value of an expression. Throws {@link UnknownValue} or {@link ExpressionError}. */
  evaluate(cel: string, here: NamesHere, values: NameValues): CelValue;
  /** What can be written at a place. */
  outlook(here: NamesHere): CelOutlook;
}

/** Sets of names whose environments are kept. */
const MOST_NAMES = 50;
// Reader, linter and planner look at the same names one after the other, and again with every key that an author presses.
const environmentsByNames = new Map<string, Map<string, CelEnvironment>>();

/** Builds the checker and evaluator for the names of a file. Environments are made once for each kind of place. */
export function createExpressions(names: NameTypes): Expressions {
  const environments = environmentsFor(JSON.stringify(names));
  const environmentFor = (here: NamesHere): CelEnvironment => {
    const key = `${here.hostRoles.join()};${here.extras.join()};${String(here.secrets)};${String(here.hop)}`;
    let environment = environments.get(key);
    if (environment === undefined) {
      environment = new CelEnvironment(names, here);
      environments.set(key, environment);
    }
    return environment;
  };
  return {
    check: (cel, here) => environmentFor(here).check(cel),
    evaluate: (cel, here, values) => environmentFor(here).evaluate(cel, values),
    outlook: (here) => environmentFor(here).outlook,
  };
}

function environmentsFor(names: string): Map<string, CelEnvironment> {
  const environments = environmentsByNames.get(names) ?? new Map<string, CelEnvironment>();
  environmentsByNames.delete(names);
  environmentsByNames.set(names, environments);
  const [oldest] = environmentsByNames.keys();
  if (environmentsByNames.size > MOST_NAMES && oldest !== undefined) environmentsByNames.delete(oldest);
  return environments;
}
