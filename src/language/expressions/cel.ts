import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import type { ValueType } from '../schema/runbookSchema.js';
import type { Range } from '../text/range.js';
import { rememberByText } from '../text/remembered.js';
import { compareVersions, hasNumber, namedGroups } from '../model/version.js';
import { isWithin, parseVersionRange } from '../model/versionRange.js';
import { celType, toCel, Version, VersionRangeValue } from './celValues.js';
import { HOST_MEMBERS, LONGEST_EXPRESSION } from './names.js';
import type { CelFunction, CelOutlook } from './outlook.js';
import type { CelValue, NamesHere, NameTypes, NameValues, RoleType } from './names.js';
import { UnknownValue } from './unknown.js';

// The only file that knows the CEL library: one author keeps it, so it must be replaceable.

class HostValue {
  constructor(
    readonly host: string,
    readonly values: NameValues,
  ) {}
}

export type CelType = 'bool' | 'string' | 'int' | 'double' | 'version' | 'version_range' | 'dyn' | 'other';

export type CheckResult =
  { readonly ok: true; readonly type: CelType } | { readonly ok: false; readonly message: string; readonly range: Range };

/** An expression failed though all its names are known: dividing by zero, an index that is not there. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

const TOO_LONG = `the expression is longer than ${String(LONGEST_EXPRESSION)} characters`;

/** Checker and evaluator for one kind of place in files with the same names. */
export class CelEnvironment {
  readonly #environment: Environment;
  readonly #names: NameTypes;
  /** Schemes whose named groups are members of a version. */
  readonly #schemes: readonly string[];
  readonly #here: NamesHere;
  readonly #hostClasses = new Map<string, new (host: string, values: NameValues) => HostValue>();

  constructor(names: NameTypes, here: NamesHere) {
    this.#names = names;
    this.#here = here;
    this.#schemes = names.versionSchemes.filter((scheme) => namedGroups(scheme).length > 0);
    const environment = new Environment({
      limits: { maxAstNodes: 2000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 16 },
    });
    this.#environment = environment;
    registerVersions(environment, this.#schemes);
    this.#registerNamespace('Inputs', 'inputs', names.inputs, (values, name) => values.input(name));
    this.#registerNamespace('Facts', 'facts', names.facts, (values, name) => values.fact(name, undefined));
    this.#registerHosts();
    this.#registerSteps();
    if (here.secrets) {
      const secrets = Object.fromEntries(names.secrets.map((name) => [name, 'string' as const]));
      this.#registerNamespace('Secrets', 'secrets', secrets, (values, name) => values.secret(name));
    }
    this.#registerNamespace('Run', 'run', { failed: 'boolean' }, (values) => values.runFailed);
    this.#registerNamespace('Advisories', 'advisories', booleans(names.advisories), (values, id) => values.advisory(id));
    if (here.hop) this.#registerHop();
    for (const extra of here.extras) environment.registerVariable(extra, EXTRA_TYPES[extra]);
  }

  readonly check: (cel: string) => CheckResult = rememberByText((cel) => this.#check(cel));

  #check(cel: string): CheckResult {
    if (cel.length > LONGEST_EXPRESSION) return { ok: false, message: TOO_LONG, range: { start: 0, end: cel.length } };
    try {
      const result = this.#environment.check(cel);
      if (result.valid) return { ok: true, type: simpleType(result.type ?? 'dyn') };
      return { ok: false, message: errorSummary(result.error), range: errorRange(result.error, cel) };
    } catch (error) {
      return { ok: false, message: errorSummary(error), range: errorRange(error, cel) };
    }
  }

  /** What can be written here, for whoever writes it. */
  readonly outlook: CelOutlook = {
    typeOf: rememberByText((cel) => {
      try {
        return cel.length > LONGEST_EXPRESSION ? undefined : this.#environment.check(cel).type;
      } catch {
        return undefined;
      }
    }),
    fieldsOf: (type) => (type === 'version' ? versionFieldsOf(this.#schemes) : (this.#fields.get(type) ?? {})),
    functions: () => this.#environment.getDefinitions().functions.map(functionOf),
    variables: () =>
      this.#environment
        .getDefinitions()
        .variables.filter(({ type }) => type !== 'type')
        .map(({ name, type }) => ({ name, type })),
  };

  evaluate(cel: string, values: NameValues): CelValue {
    // An advisory is evaluated within an expression, perhaps in the very same environment.
    const outer = this.#values;
    this.#values = values;
    try {
      const context: Record<string, unknown> = {};
      for (const [variable, make] of this.#roots) context[variable] = make(values);
      for (const extra of this.#here.extras)
        context[extra] = extra === 'status' || extra === 'exit' ? BigInt(Number(values.extras[extra] ?? 0)) : values.extras[extra];
      return toPlain(this.#parsed(cel)(context));
    } catch (error) {
      if (error instanceof UnknownValue) throw error;
      throw new ExpressionError(errorSummary(error));
    } finally {
      this.#values = outer;
    }
  }

  /** Plans evaluate the same few expressions for every host and hop: each is read once. */
  #parsed(cel: string): ReturnType<Environment['parse']> {
    let parsed = this.#parsedTexts.get(cel);
    if (parsed === undefined) {
      if (cel.length > LONGEST_EXPRESSION) throw new ExpressionError(TOO_LONG);
      parsed = this.#environment.parse(cel);
      this.#parsedTexts.set(cel, parsed);
    }
    return parsed;
  }

  readonly #parsedTexts = new Map<string, ReturnType<Environment['parse']>>();

  /** What names stand for in the expression that is being evaluated. */
  #values: NameValues | undefined;

  #registerHop(): void {
    const members = { from: 'version', to: 'version', number: 'integer', last: 'boolean' } as const;
    this.#registerNamespace('Hop', 'hop', members, (values, name) => values.hop[name as keyof typeof members]);
    const crosses = (text: string): boolean => {
      const version = versionText(text);
      const hop = this.#values?.hop;
      return hop !== undefined && compareVersions(hop.from, version) < 0 && compareVersions(version, hop.to) <= 0;
    };
    this.#environment
      .registerFunction('crosses(string): bool', (text: string) => crosses(text))
      .registerFunction('crosses(version): bool', (version: Version) => crosses(version.text));
  }

  /** Fields of the types that are registered here, with their types. */
  readonly #fields = new Map<string, Readonly<Record<string, string>>>();

  #registerType(type: string, ctor: new (...args: never[]) => object, fields: Readonly<Record<string, string>>): void {
    this.#environment.registerType(type, { ctor, fields });
    this.#fields.set(type, fields);
  }

  readonly #roots = new Map<string, (values: NameValues) => unknown>();

  /** A variable such as `inputs` whose members are looked up one by one, only when an expression names them. */
  #registerNamespace(
    type: string,
    variable: string,
    members: Readonly<Record<string, ValueType>>,
    get: (values: NameValues, name: string) => string | number | boolean,
  ): void {
    const fields = Object.fromEntries(Object.entries(members).map(([name, valueType]) => [name, celType(valueType)]));
    const namespace = memberClass(members, this.#schemes, (self: { values: NameValues }, name) => get(self.values, name));
    this.#registerType(type, namespace, fields);
    this.#environment.registerVariable(variable, type);
    this.#roots.set(variable, (values) => Object.assign(new namespace(), { values }));
  }

  #registerHosts(): void {
    const fields: Record<string, string> = {};
    let index = 0;
    for (const [role, roleType] of Object.entries(this.#names.roles)) {
      const type = `HostOfRole${String(index++)}`;
      this.#hostClasses.set(role, this.#registerHostType(type, roleType));
      fields[role] = roleType.single ? type : `list<${type}>`;
    }
    const roles = this.#names.roles;
    const hostClasses = this.#hostClasses;
    class Hosts {
      constructor(readonly values: NameValues) {}
    }
    for (const [role, roleType] of Object.entries(roles)) {
      Object.defineProperty(Hosts.prototype, role, {
        enumerable: true,
        get(this: Hosts) {
          const make = hostClasses.get(role);
          const hosts = this.values.hostsOf(role).map((host) => make !== undefined && new make(host, this.values));
          if (!roleType.single) return hosts;
          if (hosts[0] === undefined) throw new UnknownValue({ kind: 'other', name: `hosts.${role}` });
          return hosts[0];
        },
      });
    }
    this.#registerType('Hosts', Hosts, fields);
    this.#environment.registerVariable('hosts', 'Hosts');
    this.#roots.set('hosts', (values) => new Hosts(values));
    if (this.#here.hostRoles.length > 0) {
      const here = this.#registerHostType('Host', commonMembers(this.#here.hostRoles.map((role) => roles[role])));
      this.#environment.registerVariable('host', 'Host');
      this.#roots.set('host', (values) => values.host !== undefined && new here(values.host, values));
    }
  }

  #registerHostType(type: string, role: RoleType): new (host: string, values: NameValues) => HostValue {
    const members: Record<string, ValueType> = { ...role.members, ...HOST_MEMBERS };
    class HostOfType extends HostValue {}
    defineMembers(HostOfType.prototype, members, this.#schemes, (self: HostValue, name) => self.values.hostVar(self.host, name));
    const fields = Object.fromEntries(Object.entries(members).map(([name, valueType]) => [name, celType(valueType)]));
    this.#registerType(type, HostOfType, fields);
    this.#environment.registerFunction(`${type}.is(string): bool`, (self: HostValue, roleName: string) =>
      self.values.hostsOf(roleName).includes(self.host),
    );
    return HostOfType;
  }

  #registerSteps(): void {
    const fields: Record<string, string> = {};
    class Steps {
      constructor(readonly values: NameValues) {}
    }
    let index = 0;
    for (const [id, members] of Object.entries(this.#names.steps)) {
      const type = `ValuesOfStep${String(index++)}`;
      const stepClass = memberClass(members, this.#schemes, (self: { values: NameValues }, name) => self.values.step(id, name));
      this.#registerType(
        type,
        stepClass,
        Object.fromEntries(Object.entries(members).map(([name, valueType]) => [name, celType(valueType)])),
      );
      fields[id] = type;
      Object.defineProperty(Steps.prototype, id, {
        enumerable: true,
        get(this: Steps) {
          return Object.assign(new stepClass(), { values: this.values });
        },
      });
    }
    this.#registerType('Steps', Steps, fields);
    this.#environment.registerVariable('steps', 'Steps');
    this.#roots.set('steps', (values) => new Steps(values));
  }
}

const EXTRA_TYPES = { body: 'dyn', status: 'int', stdout: 'string', exit: 'int' } as const;

function booleans(names: readonly string[]): Record<string, ValueType> {
  return Object.fromEntries(names.map((name) => [name, 'boolean']));
}

function versionFieldsOf(schemes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(schemes.flatMap(namedGroups).map((field) => [field, 'string']));
}

function functionOf({
  name,
  receiverType,
  returnType,
  params,
}: ReturnType<Environment['getDefinitions']>['functions'][number]): CelFunction {
  return { name, receiver: receiverType ?? undefined, parameters: params.map(({ type }) => type), returns: returnType };
}

function registerVersions(environment: Environment, schemes: readonly string[]): void {
  environment
    .registerType('version', { ctor: Version, fields: versionFieldsOf(schemes) })
    .registerType('version_range', { ctor: VersionRangeValue, fields: {} })
    .registerFunction('version(string): version', (text: string) => new Version(versionText(text), schemes))
    .registerFunction('range(string): version_range', (text: string) => new VersionRangeValue(text))
    .registerFunction('string(version_range): string', (range: VersionRangeValue) => range.text)
    .registerFunction('string(version): string', (version: Version) => version.text);
  const operators: Record<string, (order: number) => boolean> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
    '==': (order) => order === 0,
  };
  const within = (version: Version, text: string): boolean => {
    const range = parseVersionRange(text);
    if (range === undefined) throw new ExpressionError(`"${text}" is not a version range`);
    return isWithin(version.text, range);
  };
  environment
    .registerFunction('version.within(version_range): bool', (version: Version, range: VersionRangeValue) => within(version, range.text))
    .registerFunction('version.within(string): bool', within);
  for (const [operator, holds] of Object.entries(operators)) {
    environment.registerOperator(`version ${operator} version`, (a: Version, b: Version) => holds(compareVersions(a.text, b.text)));
  }
}

/** Text that is a version, from whatever a program said. */
function versionText(text: string): string {
  if (!hasNumber(text)) throw new ExpressionError(`"${text}" is no version`);
  return text;
}

/** A host of several roles has, for certain, only what all of them declare. */
function commonMembers(roles: readonly (RoleType | undefined)[]): RoleType {
  const [first, ...rest] = roles;
  const members = Object.entries(first?.members ?? {}).filter(([name, type]) => rest.every((role) => role?.members[name] === type));
  return { single: true, members: Object.fromEntries(members) };
}

function memberClass<Self extends object>(
  members: Readonly<Record<string, ValueType>>,
  schemes: readonly string[],
  get: (self: Self, name: string) => string | number | boolean,
): new () => object {
  class Members {}
  defineMembers(Members.prototype, members, schemes, get as (self: object, name: string) => string | number | boolean);
  return Members;
}

function defineMembers<Self extends object>(
  prototype: object,
  members: Readonly<Record<string, ValueType>>,
  schemes: readonly string[],
  get: (self: Self, name: string) => string | number | boolean,
): void {
  for (const [name, type] of Object.entries(members)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: Self) {
        return toCel(get(this, name), type, schemes);
      },
    });
  }
}

function toPlain(value: unknown): CelValue {
  if (value instanceof Version || value instanceof VersionRangeValue) return value.text;
  if (value instanceof HostValue) return value.host;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), toPlain(item)]));
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
  return typeof value;
}

function simpleType(type: string): CelType {
  return type === 'bool' ||
    type === 'string' ||
    type === 'int' ||
    type === 'double' ||
    type === 'version' ||
    type === 'version_range' ||
    type === 'dyn'
    ? type
    : 'other';
}

function errorSummary(error: unknown): string {
  const summary =
    error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError
      ? error.summary
      : (error as Error).message;
  const text = String(summary).split('\n')[0] ?? '';
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function errorRange(error: unknown, cel: string): Range {
  const range = (error as { range?: { start?: number; end?: number } }).range;
  const start = Math.min(Math.max(range?.start ?? 0, 0), cel.length);
  const end = Math.min(Math.max(range?.end ?? cel.length, start), cel.length);
  return { start, end };
}
