import type { Role } from '../../../language/index.js';
import type { ChangeKind } from '../kinds.js';
import { isSame } from '../meaning.js';
import type { World } from '../steps/partPair.js';
import { beforeAfter, quoted, short } from '../words.js';
import { declaredIn } from './documents.js';
import type { Declared } from './documents.js';
import { pairDeclarations } from './pair.js';

/** Which kinds of hosts take part, and how many of them. */
export function compareRoles(world: World): void {
  const { pairs, removed, added } = pairDeclarations(declaredIn(world.old, 'roles'), declaredIn(world.now, 'roles'), world.names);
  for (const { name, spot } of removed)
    world.recorder.add('role-changed', `the role ${quoted(name)} is gone`, { old: spot, now: rolesOf(world), about: name });
  for (const { name, spot } of added) world.recorder.add('role-changed', `the role ${quoted(name)} is new`, { now: spot, about: name });
  for (const { old, now } of pairs) {
    if (old.name !== now.name)
      world.recorder.add(
        'role-changed',
        `the role ${quoted(old.name)} is now called ${quoted(now.name)}: inventories say by this name which hosts have it`,
        {
          old: old.spot,
          now: now.spot,
          about: now.name,
        },
      );
    compareRole(old, now, world);
  }
}

function rolesOf({ now: { root } }: World): Declared['spot'] {
  return { document: root, container: root.value, ...(root.value?.roles === undefined ? {} : { key: 'roles' }) };
}

function compareRole(old: Declared, now: Declared, { names, recorder }: World): void {
  const [before, after] = [names.in(old.spot.document).renamed(old.meaning) as Role, now.meaning as Role];
  const tell = (kind: ChangeKind, what: string, key: keyof Role): void => {
    const spot = ({ spot: { document }, written }: Declared): Declared['spot'] => ({
      document,
      container: written as object,
      ...(Object.hasOwn(written as object, key) ? { key } : {}),
    });
    recorder.add(kind, `the role ${quoted(now.name)} ${what}`, { old: spot(old), now: spot(now), about: key });
  };
  compareCount(before, after, tell);
  if (before.except !== undefined && after.except === undefined)
    tell('hosts-widened', `no longer leaves out ${quoted(before.except)}`, 'except');
  else if (!isSame(before.except, after.except))
    tell('hosts-changed', `leaves out other hosts: ${beforeAfter(before.except, after.except)}`, 'except');
  for (const key of ['of', 'pick', 'where'] as const)
    if (!isSame(before[key], after[key]))
      tell('hosts-changed', `finds its hosts in another way: ${key}: ${beforeAfter(before[key], after[key])}`, key);
  const platforms = (role: Role): readonly string[] => role.platforms ?? ['linux'];
  const fresh = platforms(after).filter((platform) => !platforms(before).includes(platform));
  if (fresh.length > 0) tell('hosts-widened', `now takes hosts with ${fresh.join(', ')}`, 'platforms');
  else if (!isSame(platforms(before), platforms(after)))
    tell('hosts-narrowed', `takes fewer platforms: ${beforeAfter(platforms(before), platforms(after))}`, 'platforms');
  if (!isSame(before.vars, after.vars)) tell('role-changed', `asks for other variables: ${beforeAfter(before.vars, after.vars)}`, 'vars');
  if (!isSame(before.title, after.title)) tell('text-changed', `has another title: ${beforeAfter(before.title, after.title)}`, 'title');
}

function compareCount(before: Role, after: Role, tell: (kind: ChangeKind, what: string, key: keyof Role) => void): void {
  if (isSame(before.hosts, after.hosts)) return;
  const [was, is] = [countOf(before.hosts), countOf(after.hosts)];
  const what = `has this many hosts: ${short(before.hosts)} → ${short(after.hosts)}`;
  if (was === undefined || is === undefined) tell('hosts-changed', what, 'hosts');
  else tell(is.most > was.most || is.least < was.least ? 'hosts-widened' : 'hosts-narrowed', what, 'hosts');
}

/** `2..` is two or more. */
function countOf(hosts: Role['hosts']): { readonly least: number; readonly most: number } | undefined {
  const match = /^(\d+)(\.\.(\d+)?)?$/.exec(String(hosts ?? ''));
  if (match === null) return undefined;
  const least = Number(match[1]);
  return { least, most: match[2] === undefined ? least : match[3] === undefined ? Infinity : Number(match[3]) };
}
