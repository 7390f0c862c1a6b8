/** Hosts that a role needs. */
export interface WantedHosts {
  readonly role: string;
  /** As the role says it: `1`, `0..1`, `2..`. */
  readonly hosts: string;
  /** Systems the role may have; empty: Linux. */
  readonly platforms: readonly string[];
  /** Values that each of its hosts must have bound. */
  readonly values: readonly WantedValue[];
}

/** A value that an inventory must bind. */
export interface WantedValue {
  readonly name: string;
  readonly type: string;
  /** Of a choice. */
  readonly options?: readonly string[];
}

/** Values that differ from host to host. */
const OF_HOST = new Set(['url', 'address']);

/**
 * Text of an inventory with all that roles and inputs need, what is to be filled in between `⟦` and `⟧`. With no roles, one host and the role
 * `server`.
 */
export function inventoryFor(roles: readonly WantedHosts[], inputs: readonly WantedValue[]): string {
  const wanted = roles.length > 0 ? roles : [{ role: 'server', hosts: '1', platforms: [], values: [] }];
  const bound = wanted.map((role) => ({ ...role, names: namesOf(role) }));
  const ofRoles = bound
    .map(({ role, values }) => ({ role, values: values.filter(({ type }) => !OF_HOST.has(type)) }))
    .filter(({ values }) => values.length > 0);
  return [
    'inventory: v1',
    'environment: ⟦ID⟧',
    'title: ⟦Staging⟧',
    'ssh: { user: ⟦deploy⟧ }',
    'hosts:',
    ...bound.flatMap((role) => role.names.flatMap((name) => hostLines(name, role))),
    'roles:',
    ...bound.map(({ role, names }) => `  ${role}: [${names.map((name) => `⟦${name}⟧`).join(', ')}]`),
    ...(ofRoles.length === 0 ? [] : ['vars:']),
    ...ofRoles.map(({ role, values }) => `  ${role}: { ${values.map((value) => `${value.name}: ${proposed(value, role)}`).join(', ')} }`),
    ...(inputs.length === 0 ? [] : ['inputs:']),
    ...inputs.map((value) => `  ${value.name}: ${proposed(value, 'app')}`),
    '',
  ].join('\n');
}

/** As many as the role must have; of one that may be empty, none. */
function namesOf({ role, hosts }: WantedHosts): readonly string[] {
  const least = Number(/^\d{1,2}/.exec(hosts)?.[0] ?? 1);
  if (least === 1) return [role];
  return Array.from({ length: least }, (_, index) => `${role}_${String(index + 1)}`);
}

function hostLines(name: string, { platforms, values }: WantedHosts): readonly string[] {
  const platform = platforms.length === 0 || platforms.includes('linux') ? '' : `, platform: ${platforms[0] ?? 'linux'}`;
  const address = `⟦${name.replaceAll('_', '-')}.example.com⟧`;
  const own = values.filter(({ type }) => OF_HOST.has(type)).map((value) => `${value.name}: ${proposed(value, name)}`);
  const head = `  ⟦${name}⟧:`;
  if (own.length === 0) return [`${head} { address: ${address}${platform} }`];
  return [head, `    address: ${address}`, ...(platform === '' ? [] : [`    ${platform.slice(2)}`]), `    vars: { ${own.join(', ')} }`];
}

/** A first value of a type, in YAML. */
function proposed({ name, type, options }: WantedValue, owner: string): string {
  const host = `${owner.replaceAll('_', '-')}.example.com`;
  switch (type) {
    case 'url':
      return `"⟦https://${host}⟧"`;
    case 'address':
      return `⟦${host}⟧`;
    case 'path':
      return `⟦/opt/${name}⟧`;
    case 'port':
      return '⟦8443⟧';
    case 'integer':
    case 'number':
      return '⟦1⟧';
    case 'boolean':
      return '⟦false⟧';
    case 'version':
      return '"⟦2.0.0⟧"';
    case 'version_range':
      return '"⟦>= 1.0⟧"';
    case 'duration':
      return '⟦5m⟧';
    case 'file':
      return `⟦./${name}⟧`;
    case 'choice':
      return `⟦${options?.[0] ?? name}⟧`;
    default:
      return `"⟦${name.replaceAll('_', ' ')}⟧"`;
  }
}
