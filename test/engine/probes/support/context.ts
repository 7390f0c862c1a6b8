import { createExpressions, parseTemplate, UnknownValue, wholeExpression } from '../../../../src/language/index.js';
import type { NamesHere, NameTypes, NameValues } from '../../../../src/language/index.js';
import type { PlainValue } from '../../../../src/planner/index.js';
import type { Extras, ProbeContext } from '../../../../src/engine/probes/probe.js';
import { shellConnection } from './shellConnection.js';

/** What a test knows: inputs by name, secrets by name, facts as `host.fact`. */
export interface Known {
  readonly inputs?: Readonly<Record<string, PlainValue>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly facts?: Readonly<Record<string, PlainValue>>;
}

/** A place to ask probes at: this machine, real expressions over string and integer inputs, two roles of hosts. */
export function contextWith(known: Known = {}, changes: Partial<ProbeContext> = {}): ProbeContext {
  const inputs = known.inputs ?? {};
  const types: NameTypes = {
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, typeof value === 'number' ? 'integer' : 'string'])),
    facts: { unread: 'string' },
    roles: {},
    steps: {},
    secrets: Object.keys(known.secrets ?? {}),
    advisories: [],
    versionSchemes: [],
  };
  const expressions = createExpressions(types);
  const evaluate = (cel: string, extras: Extras): unknown => expressions.evaluate(cel, here(extras), valuesOf(known, extras));
  const secret = (name: string): string => {
    const value = known.secrets?.[name];
    if (value === undefined) throw new UnknownValue({ kind: 'secret', name });
    return value;
  };
  return {
    about: ['here'],
    from: undefined,
    platform: 'linux',
    signal: new AbortController().signal,
    connection: () => Promise.resolve(shellConnection()),
    render: (template) => Promise.resolve().then(() => render(template, (cel) => evaluate(cel, {}) as PlainValue)),
    condition: (cel, extras) =>
      Promise.resolve().then(() => {
        try {
          return evaluate(cel, extras) as boolean;
        } catch (error) {
          if (error instanceof UnknownValue) return { unknown: [error.message.replace(' is not known', '')] };
          throw error;
        }
      }),
    value: (cel, extras) => Promise.resolve().then(() => evaluate(cel, extras) as PlainValue),
    fact: (name, host) => Promise.resolve(known.facts?.[`${host}.${name}`]),
    factType: (name) => (name === 'installed' ? 'version' : 'string'),
    hostsOf: (roles) => roles.flatMap((role) => (role === 'web' ? ['a', 'b'] : role === 'database' ? ['c'] : [])),
    reachable: () => Promise.resolve(true),
    bootIdAtStart: () => undefined,
    bootIdNow: () => Promise.resolve(undefined),
    mask: (text) => Object.values(known.secrets ?? {}).reduce((left, value) => left.replaceAll(value, '***'), text),
    secret: (name) => Promise.resolve().then(() => secret(name)),
    assertMayAct: () => undefined,
    ...changes,
  };
}

function here(extras: Extras): NamesHere {
  return { hostRoles: [], extras: Object.keys(extras) as NamesHere['extras'], secrets: true, hop: false };
}

function valuesOf(known: Known, extras: Extras): NameValues {
  const unknown = (name: string): never => {
    throw new UnknownValue({ kind: 'other', name });
  };
  return {
    input: (name) => known.inputs?.[name] ?? unknown(`inputs.${name}`),
    fact: (name, host) => {
      throw new UnknownValue({ kind: 'fact', name, host });
    },
    hostVar: (_host, name) => unknown(name),
    hostsOf: () => [],
    host: undefined,
    step: (id, name) => unknown(`steps.${id}.${name}`),
    secret: (name) => known.secrets?.[name] ?? unknown(`secrets.${name}`),
    runFailed: false,
    advisory: (id) => unknown(`advisories.${id}`),
    get hop() {
      return unknown('hop');
    },
    extras,
  };
}

function render(template: PlainValue, evaluate: (cel: string) => PlainValue): PlainValue {
  if (typeof template !== 'string') return template;
  const parsed = parseTemplate(template);
  const whole = wholeExpression(parsed);
  if (whole !== undefined) return evaluate(whole);
  return parsed.parts.map((part) => (part.kind === 'text' ? part.text : String(evaluate(part.cel)))).join('');
}
